package io.mediakeep.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.blob.VerifiedStore;
import io.mediakeep.blob.disk.DiskBlobStore;
import io.mediakeep.integrity.StorePairing.Locations;
import io.mediakeep.media.blob.BlobIntegrityCatalog;
import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.persistence.shared.StoreIdentity;
import io.mediakeep.persistence.shared.StoreIdentityCatalog;
import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.PostgresServer;
import io.mediakeep.testing.disk.Disks;
import io.mediakeep.testing.fault.FaultyDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases and blob directories that belong together, or do not. */
class StorePairingTest {
    @TempDir
    Path directory;

    private Database first;
    private Database second;
    private SpoolDirectory spools;

    @BeforeEach
    void begin() throws IOException {
        first = Database.open(newDatabase());
        second = Database.open(newDatabase());
        spools = SpoolDirectory.open(directory.resolve("spool"));
    }

    private static DatabaseSettings newDatabase() {
        return new DatabaseSettings("jdbc:h2:mem:" + UUID.randomUUID(), Optional.empty(), Optional.empty(), 4);
    }

    @AfterEach
    void end() throws IOException {
        spools.close();
        first.close();
        second.close();
    }

    @Test
    void aNewDatabaseAndANewStoreArePaired() throws IOException {
        UUID id = pair(first, "blobs");
        assertThat(store("blobs").identity().orElseThrow().id()).isEqualTo(id);
        put(first, "blobs", "a cat");
        assertThat(pair(first, "blobs")).isEqualTo(id);
    }

    @Test
    void anEmptyStoreWithANonEmptyDatabaseIsRejected() throws IOException {
        UUID id = pair(first, "blobs");
        put(first, "blobs", "a cat");
        assertThatThrownBy(() -> pair(first, "empty"))
                .isInstanceOf(StoreMismatchException.class)
                .hasMessageContaining("first database")
                .hasMessageContaining(directory.resolve("blobs").toString())
                .hasMessageContaining(directory.resolve("empty").toString())
                .hasMessageContaining(id.toString())
                .hasMessageContaining("storage.accept-other-store");
        assertThat(directory.resolve("empty")).doesNotExist();
    }

    @Test
    void anEmptyDatabaseWithANonEmptyStoreIsRejected() throws IOException {
        pair(first, "blobs");
        put(first, "blobs", "a cat");
        assertThatThrownBy(() -> pair(second, "blobs"))
                .isInstanceOf(StoreMismatchException.class)
                .hasMessageContaining("second database is empty")
                .hasMessageContaining("belongs to first database");
        Files.delete(directory.resolve("blobs/.mediakeep-store"));
        assertThatThrownBy(() -> pair(second, "blobs")).isInstanceOf(StoreMismatchException.class);
    }

    @Test
    void aStoreOfAnotherDatabaseIsRejected() throws IOException {
        pair(first, "blobs");
        put(first, "blobs", "a cat");
        pair(second, "others");
        put(second, "others", "a dog");
        assertThatThrownBy(() -> pair(first, "others"))
                .isInstanceOf(StoreMismatchException.class)
                .hasMessageContaining("first database belongs to the blob store " + directory.resolve("blobs"))
                .hasMessageContaining(directory.resolve("others") + " to the database second database");
    }

    @Test
    void theConfigurationCanPairThem() throws IOException {
        pair(first, "blobs");
        put(first, "blobs", "a cat");
        UUID id = pairing(second, "blobs").pair(true).identity().orElseThrow().id();
        assertThat(pair(second, "blobs")).isEqualTo(id);
        assertThatThrownBy(() -> pair(first, "blobs")).isInstanceOf(StoreMismatchException.class);
    }

    @Test
    void earlierVersionsArePairedWhenMostFilesExist() throws IOException {
        BlobLocation lost = put(first, "blobs", "a cat");
        put(first, "blobs", "a dog");
        put(first, "blobs", "a bird");
        store("blobs").delete(lost);
        UUID id = pair(first, "blobs");
        assertThat(store("blobs").identity().orElseThrow().id()).isEqualTo(id);
    }

    @Test
    void earlierVersionsWithOtherFilesAreRejected() throws IOException {
        put(first, "blobs", "a cat");
        put(second, "others", "a dog");
        assertThatThrownBy(() -> pair(first, "others"))
                .isInstanceOf(StoreMismatchException.class)
                .hasMessageContaining("0 of 1");
    }

    @Test
    void aRestoredDatabaseWithoutIdentityIsPairedAgain() throws IOException {
        put(first, "blobs", "a cat");
        store("blobs").identify(new StoreIdentity(UUID.randomUUID(), "first database"));
        pair(first, "blobs");
    }

    @Test
    void concurrentStartsAgreeOnOneIdentity() throws Exception {
        try (Database shared = Database.open(PostgresServer.freshDatabase())) {
            List<Object> ids = Concurrently.run(4, () -> pair(shared, "blobs"));
            assertThat(ids)
                    .hasSize(4)
                    .containsOnly(store("blobs").identity().orElseThrow().id());
        }
    }

    @Test
    void aFullDiskGetsItsIdentityLaterUnlessItIsEmpty() throws IOException {
        put(first, "blobs", "a cat");
        try (FaultyDisk disk = new FaultyDisk(directory, FaultyDisk.Fault.NO_SPACE)) {
            disk.failAfter(0);
            VerifiedStore store = intercepted(first, "blobs").pair(false);
            assertThat(store.check().available()).isFalse();
            assertThatThrownBy(() -> intercepted(second, "empty").pair(false)).hasMessageContaining("No space left");
            disk.repair();
            assertThat(store.check().available()).isTrue();
        }
        pair(first, "blobs");
    }

    private StorePairing intercepted(Database database, String blobs) {
        return pairing(database, blobs, new DiskBlobStore(Disks.path(directory).resolve(blobs)));
    }

    private UUID pair(Database database, String blobs) throws IOException {
        return pairing(database, blobs).pair(false).identity().orElseThrow().id();
    }

    private StorePairing pairing(Database database, String blobs) {
        return pairing(database, blobs, store(blobs));
    }

    private StorePairing pairing(Database database, String blobs, BlobStore store) {
        Locations locations = new Locations(
                database == first ? "first database" : "second database",
                directory.resolve(blobs).toString());
        return new StorePairing(locations, store, new StoreIdentityCatalog(database.transactions()), catalog(database));
    }

    private static BlobIntegrityCatalog catalog(Database database) {
        return new BlobIntegrityCatalog(database.transactions(), database.announcements(), database.clock());
    }

    private BlobStore store(String blobs) {
        return new DiskBlobStore(directory.resolve(blobs));
    }

    /** As earlier versions: the directory is created with the first blob. */
    private BlobLocation put(Database database, String blobs, String text) throws IOException {
        Files.createDirectories(directory.resolve(blobs));
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Spool spool = spools.receive(new ByteArrayInputStream(bytes), bytes.length)) {
            BlobLocation location = BlobLocation.newFor(spool.id());
            store(blobs).put(spool, location);
            database.transactions()
                    .run(entities -> entities.createNativeQuery("insert into stored_blob (hash, location, size,"
                                    + " created_at) values (:hash, :location, :size, 1)")
                            .setParameter("hash", spool.id().sha256())
                            .setParameter("location", location.value())
                            .setParameter("size", bytes.length)
                            .executeUpdate());
            return location;
        }
    }
}
