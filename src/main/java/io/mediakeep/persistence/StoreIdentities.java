package io.mediakeep.persistence;

import java.util.Optional;

/** The identities that are rows of the database. */
public final class StoreIdentities {
    /** The name of the database's own. */
    public static final String DATABASE = "database";

    /** The name of that of a blob store whose bytes are in the same database. */
    public static final String BLOBS = "blobs";

    private final Transactions transactions;

    /** Those of a database. */
    public StoreIdentities(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The identity of this name, if there is one. */
    public Optional<StoreIdentity> find(String name) {
        return transactions.call(entities -> Optional.ofNullable(entities.find(StoreIdentityEntity.class, name))
                .map(StoreIdentityEntity::toIdentity));
    }

    /** Adds the identity unless there is one of this name, durably; answers the one that there is then, on all nodes. */
    public StoreIdentity addIfAbsent(String name, StoreIdentity identity) {
        return transactions.callDurably(entities -> {
            StoreIdentityEntity row = entities.find(StoreIdentityEntity.class, name);
            if (row == null) {
                entities.persist(new StoreIdentityEntity(name, identity));
                return identity;
            }
            return row.toIdentity();
        });
    }

    /** Sets the identity of this name, durably. */
    public void set(String name, StoreIdentity identity) {
        transactions.callDurably(entities -> entities.merge(new StoreIdentityEntity(name, identity)));
    }
}
