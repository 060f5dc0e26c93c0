package io.mediakeep.persistence.shared;

import io.mediakeep.persistence.Transactions;
import java.util.Optional;

/** The rows of store identities. */
public final class StoreIdentityCatalog {
    /** The name of the database's own identity. */
    public static final String DATABASE = "database";

    /** The name of the identity of a blob store in the same database. */
    public static final String BLOBS = "blobs";

    private final Transactions transactions;

    /** The catalog in a database. */
    public StoreIdentityCatalog(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The identity of this name, if there is one. */
    public Optional<StoreIdentity> find(String name) {
        return transactions.call(entities -> Optional.ofNullable(entities.find(StoreIdentityEntity.class, name))
                .map(StoreIdentityEntity::toIdentity));
    }

    /** Adds an identity unless there is one of this name, durably; returns the existing or added one. */
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
