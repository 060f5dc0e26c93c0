package io.mediakeep.integrity;

import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.VerifiedStore;
import io.mediakeep.media.blob.BlobIntegrityCatalog;
import io.mediakeep.media.blob.StoredBlob;
import io.mediakeep.persistence.shared.StoreIdentity;
import io.mediakeep.persistence.shared.StoreIdentityCatalog;
import io.mediakeep.storage.StorageFailure;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pairing of database and blob store: both store the same id. The database, which all nodes share, has it first,
 * and the store gets a copy, so that nodes that start at once write the same. Two without an id (new ones, or of an
 * earlier version) are paired when the store has the blobs of a sample of the rows.
 */
public final class StorePairing {
    private static final Logger log = LoggerFactory.getLogger(StorePairing.class);

    private static final String REMEDY =
            ". Correct database.url or the settings below blobs, or mount the missing file system;"
                    + " to use the two together nevertheless, start once with storage.accept-other-store: true";

    private final Locations locations;
    private final BlobStore store;
    private final StoreIdentityCatalog identities;
    private final BlobIntegrityCatalog catalog;

    /** The locations of the two, for an operator: without secrets. */
    public record Locations(String database, String store) {}

    /** The two that are to be used together. */
    public StorePairing(
            Locations locations, BlobStore store, StoreIdentityCatalog identities, BlobIntegrityCatalog catalog) {
        this.locations = locations;
        this.store = store;
        this.identities = identities;
        this.catalog = catalog;
    }

    /**
     * Makes sure that both have the same id, and returns the store for use with the database. The id of a store that has
     * blobs and cannot be written to is written later.
     *
     * @param acceptOther whether a mismatch is accepted
     * @throws StoreMismatchException when they do not belong together and that is not accepted
     */
    public VerifiedStore pair(boolean acceptOther) throws IOException {
        Optional<StoreIdentity> ofDatabase = identities.find(StoreIdentityCatalog.DATABASE);
        Optional<StoreIdentity> ofStore = store.identity();
        Optional<UUID> id = ofDatabase.map(StoreIdentity::id);
        if (id.isPresent() && id.equals(ofStore.map(StoreIdentity::id))) {
            if (acceptOther) {
                log.warn("storage.accept-other-store is not needed any more; remove it from the configuration");
            }
            return new VerifiedStore(store, ofStore.get(), true);
        }
        Optional<String> mismatch = mismatch(ofDatabase, ofStore);
        if (mismatch.isPresent() && !acceptOther) {
            throw new StoreMismatchException(mismatch.get() + REMEDY);
        }
        mismatch.ifPresent(text -> log.warn("Accepted because of storage.accept-other-store: {}", text));
        return join();
    }

    private VerifiedStore join() throws IOException {
        StoreIdentity ours = new StoreIdentity(UUID.randomUUID(), locations.store());
        UUID id = identities.addIfAbsent(StoreIdentityCatalog.DATABASE, ours).id();
        identities.set(StoreIdentityCatalog.DATABASE, new StoreIdentity(id, locations.store()));
        StoreIdentity identity = new StoreIdentity(id, locations.database());
        return new VerifiedStore(store, identity, isIdentified(identity));
    }

    private boolean isIdentified(StoreIdentity identity) throws IOException {
        try {
            store.identify(identity);
            return true;
        } catch (IOException failure) {
            if (StorageFailure.of(failure).isEmpty() || store.isEmpty()) {
                throw failure;
            }
            log.warn(
                    "The identity of the blob store {} cannot be written yet; uploads are rejected until it is: {}",
                    locations.store(),
                    failure.getMessage());
            return false;
        }
    }

    /** Why the two must not be joined, if there is a reason; two empty ones can be. */
    private Optional<String> mismatch(Optional<StoreIdentity> ofDatabase, Optional<StoreIdentity> ofStore)
            throws IOException {
        List<StoredBlob> sample = catalog.sample();
        if (sample.isEmpty()) {
            return store.isEmpty()
                    ? Optional.empty()
                    : Optional.of("The database " + locations.database() + " is empty, but the blob store "
                            + locations.store() + " is not: it belongs to " + partner(ofStore));
        }
        if (ofDatabase.isPresent() && ofStore.isPresent()) {
            return Optional.of("The database " + locations.database() + " belongs to the blob store "
                    + partner(ofDatabase) + ", and the blob store " + locations.store() + " to the database "
                    + partner(ofStore));
        }
        int found = present(sample);
        return 2 * found >= sample.size()
                ? Optional.empty()
                : Optional.of("The database " + locations.database() + " belongs to " + partner(ofDatabase)
                        + ", and the blob store " + locations.store() + " holds " + found + " of " + sample.size()
                        + " blobs in a sample of its rows");
    }

    private static String partner(Optional<StoreIdentity> identity) {
        return identity.map(known -> known.partner() + " (id " + known.id() + ")")
                .orElse("an unknown one");
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
