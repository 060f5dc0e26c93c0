package io.mediakeep.integrity;

import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.media.blob.BlobIntegrityCatalog;
import io.mediakeep.media.blob.StoredBlob;
import io.mediakeep.persistence.shared.StoreIdentityCatalog;
import io.mediakeep.persistence.shared.StoreIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The database and the blob store that belong together: both hold the same id. The database, which all nodes share, is
 * the first to have it, and the store gets a copy, so that nodes that start at once write the same. Two without an id
 * (they are new, or of an earlier version) are paired when the store has the bytes of a sample of the rows.
 */
public final class StorePairing {
    private static final Logger log = LoggerFactory.getLogger(StorePairing.class);

    private static final String WHAT_TO_DO =
            ". Correct database.url or the settings below blobs, or mount what is missing;"
                    + " to use the two together all the same, start once with storage.accept-other-store: true";

    private final Places places;
    private final BlobStore store;
    private final StoreIdentityCatalog identities;
    private final BlobIntegrityCatalog catalog;

    /** Where the two are, for an operator: without secrets. */
    public record Places(String database, String store) {}

    /** The two that are to be used together. */
    public StorePairing(Places places, BlobStore store, StoreIdentityCatalog identities, BlobIntegrityCatalog catalog) {
        this.places = places;
        this.store = store;
        this.identities = identities;
        this.catalog = catalog;
    }

    /**
     * Sees to it that both have the same id, which is answered.
     *
     * @param acceptOther whether an operator means it when they do not belong together
     * @throws OtherStoreException when they do not, and nobody means it
     */
    public UUID pair(boolean acceptOther) throws IOException {
        Optional<StoreIdentity> ofDatabase = identities.find(StoreIdentityCatalog.DATABASE);
        Optional<StoreIdentity> ofStore = store.identity();
        Optional<UUID> id = ofDatabase.map(StoreIdentity::id);
        if (id.isPresent() && id.equals(ofStore.map(StoreIdentity::id))) {
            if (acceptOther) {
                log.warn("storage.accept-other-store is not needed any more, and should not stay set");
            }
            return id.get();
        }
        Optional<String> objection = objection(ofDatabase, ofStore);
        if (objection.isPresent() && !acceptOther) {
            throw new OtherStoreException(objection.get() + WHAT_TO_DO);
        }
        objection.ifPresent(text -> log.warn("Accepted, as storage.accept-other-store says: {}", text));
        return join();
    }

    private UUID join() throws IOException {
        StoreIdentity ours = new StoreIdentity(UUID.randomUUID(), places.store());
        UUID id = identities.addIfAbsent(StoreIdentityCatalog.DATABASE, ours).id();
        identities.set(StoreIdentityCatalog.DATABASE, new StoreIdentity(id, places.store()));
        store.identify(new StoreIdentity(id, places.database()));
        return id;
    }

    /** Why the two should not be joined, if there is a reason. Where nothing is kept in either there is none. */
    private Optional<String> objection(Optional<StoreIdentity> ofDatabase, Optional<StoreIdentity> ofStore)
            throws IOException {
        List<StoredBlob> sample = catalog.sample();
        if (sample.isEmpty()) {
            return store.isEmpty()
                    ? Optional.empty()
                    : Optional.of("The database " + places.database() + " is empty, but the blob store "
                            + places.store() + " is not: it belongs to " + partner(ofStore));
        }
        if (ofDatabase.isPresent() && ofStore.isPresent()) {
            return Optional.of("The database " + places.database() + " belongs to the blob store "
                    + partner(ofDatabase) + ", and the blob store " + places.store() + " to the database "
                    + partner(ofStore));
        }
        int found = present(sample);
        return 2 * found >= sample.size()
                ? Optional.empty()
                : Optional.of("The database " + places.database() + " belongs to " + partner(ofDatabase)
                        + ", and the blob store " + places.store() + " holds " + found + " of " + sample.size()
                        + " files that it was tried for");
    }

    private static String partner(Optional<StoreIdentity> identity) {
        return identity.map(known -> known.partner() + " (id " + known.id() + ")")
                .orElse("one that is not known");
    }

    private int present(List<StoredBlob> sample) throws IOException {
        int present = 0;
        for (StoredBlob blob : sample) {
            try {
                store.open(blob.location(), 0, 0).close();
                present++;
            } catch (BlobNotFoundException absent) {
                log.debug("{}", absent.getMessage());
            }
        }
        return present;
    }
}
