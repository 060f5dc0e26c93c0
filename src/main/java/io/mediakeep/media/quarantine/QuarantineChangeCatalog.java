package io.mediakeep.media.quarantine;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;

/** The last changes of quarantine, for who applies them elsewhere. */
public final class QuarantineChangeCatalog {
    /** How many changes are stored; older ones are deleted. */
    static final int MAX_CHANGES = 1_000_000;

    private final Transactions transactions;

    /** The catalog in a database. */
    public QuarantineChangeCatalog(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Within a transaction: waits until no other transaction changes quarantine, and makes others wait until the end. */
    public static void lock(EntityManager entities) {
        counter(entities, LockModeType.PESSIMISTIC_WRITE);
    }

    /**
     * Within a transaction, as its last step: records changes. The lock on the counter until the commit keeps numbers
     * in the order of commits, so that a reader misses none. As many old changes are deleted as new ones are added.
     */
    public static void record(EntityManager entities, Collection<Mxc> media, boolean quarantined) {
        if (media.isEmpty()) {
            return;
        }
        QuarantineCounterEntity counter = counter(entities, LockModeType.PESSIMISTIC_WRITE);
        media.forEach(mxc -> entities.persist(new QuarantineChangeEntity(counter.next(), mxc, quarantined)));
        entities.createQuery("delete from QuarantineChangeEntity where number <= :oldest")
                .setParameter("oldest", counter.last() - MAX_CHANGES)
                .executeUpdate();
    }

    private static QuarantineCounterEntity counter(EntityManager entities, LockModeType lock) {
        return entities.find(QuarantineCounterEntity.class, QuarantineCounterEntity.ID, lock);
    }

    /** The number of the last change; 1 before the first. */
    public long last() {
        return transactions.call(
                entities -> counter(entities, LockModeType.NONE).last());
    }

    /** At most {@code max} changes after a number, oldest first. */
    public List<QuarantineChange> after(long number, int max) {
        return transactions.call(entities -> entities.createQuery(
                        "select c from QuarantineChangeEntity c where c.number > :number order by c.number",
                        QuarantineChangeEntity.class)
                .setParameter("number", number)
                .setMaxResults(max)
                .getResultStream()
                .map(QuarantineChangeEntity::toChange)
                .toList());
    }
}
