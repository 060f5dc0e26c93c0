package io.mediakeep.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.blob.VerifiedStore;
import io.mediakeep.blob.disk.DiskBlobStore;
import io.mediakeep.media.blob.BlobCatalog;
import io.mediakeep.media.blob.BlobIntegrityCatalog;
import io.mediakeep.media.blob.BlobReferenceCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.blob.RemovalCatalog;
import io.mediakeep.media.blob.StoredBlob;
import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.persistence.Transactions;
import io.mediakeep.persistence.shared.Leases;
import io.mediakeep.persistence.shared.StoreIdentity;
import io.mediakeep.testing.LogCapture;
import io.mediakeep.testing.MutableClock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrubTest {
    private static final Duration PERIOD = Duration.ofDays(30);
    private static final UUID ID = UUID.randomUUID();

    @TempDir
    Path directory;

    private final MutableClock clock = new MutableClock();
    private final List<BlobLocation> stored = new ArrayList<>();
    private Database database;
    private Transactions transactions;
    private SpoolDirectory spools;
    private BlobStore store;
    private BlobIntegrityCatalog integrity;
    private Blobs blobs;
    private Scrub scrub;

    @BeforeEach
    void begin() throws IOException {
        String url = "jdbc:h2:mem:" + UUID.randomUUID();
        database = Database.open(new DatabaseSettings(url, Optional.empty(), Optional.empty(), 4));
        transactions = database.transactions();
        store = new VerifiedStore(
                new DiskBlobStore(directory.resolve("blobs")), new StoreIdentity(ID, "the database"), true);
        store.identify(new StoreIdentity(ID, ""));
        spools = SpoolDirectory.open(directory.resolve("spool"));
        BlobReferenceCatalog pointers = new BlobReferenceCatalog();
        integrity = new BlobIntegrityCatalog(transactions, database.announcements(), clock);
        blobs = new Blobs(
                store,
                store,
                new BlobCatalog(transactions, pointers, clock),
                new RemovalCatalog(transactions, pointers, clock),
                integrity);
        for (int i = 0; i < 16; i++) {
            store("a cat, " + i);
        }
        scrub = newScrub();
        scrub.run();
    }

    @AfterEach
    void end() throws IOException {
        spools.close();
        database.close();
    }

    @Test
    void detectsAFlippedBitWithinThePeriod() throws IOException {
        Path file = store.file(stored.get(3)).orElseThrow();
        byte[] bytes = Files.readAllBytes(file);
        bytes[2] ^= 4;
        Files.write(file, bytes);
        try (LogCapture recording = new LogCapture()) {
            clock.advance(PERIOD);
            scrub.run();
            assertThat(recording.text().lines().filter(line -> line.startsWith("ERROR")))
                    .singleElement()
                    .asString()
                    .contains(stored.get(3).value());
            assertThat(recording.text()).contains("verified 16 blobs", "1 of them");
        }
        assertThat(damaged()).containsExactly(stored.get(3));
    }

    @Test
    void detectsMissingTruncatedAndLongerFiles() throws IOException {
        Files.delete(store.file(stored.get(0)).orElseThrow());
        Files.writeString(store.file(stored.get(1)).orElseThrow(), "a");
        Files.writeString(store.file(stored.get(2)).orElseThrow(), "!", StandardOpenOption.APPEND);
        clock.advance(PERIOD);
        scrub.run();
        assertThat(damaged()).containsExactlyInAnyOrder(stored.get(0), stored.get(1), stored.get(2));
    }

    @Test
    void distributesItsWorkOverThePeriod() throws IOException {
        clock.advance(PERIOD.dividedBy(2));
        scrub.run();
        long first = stored.stream()
                .filter(location -> location.value().charAt(0) < '8')
                .count();
        assertThat(scrub.state().orElseThrow().blobs()).isEqualTo(first).isBetween(1L, 15L);
        scrub.run();
        assertThat(scrub.state().orElseThrow().blobs()).isEqualTo(first);
    }

    @Test
    void continuesAfterARestart() throws IOException {
        clock.advance(PERIOD.dividedBy(2));
        scrub.run();
        String position = scrub.state().orElseThrow().position();
        for (StoredBlob verified : integrity.after("", 16)) {
            if (verified.location().value().compareTo(position) <= 0) {
                Files.delete(store.file(verified.location()).orElseThrow());
            }
        }
        clock.advance(PERIOD.dividedBy(2).minusMillis(1));
        Scrub restarted = newScrub();
        restarted.run();
        assertThat(restarted.state().orElseThrow().blobs()).isEqualTo(16);
        assertThat(damaged()).isEmpty();
    }

    @Test
    void startsAgainAfterThePeriod() throws IOException {
        clock.advance(PERIOD);
        scrub.run();
        assertThat(scrub.state().orElseThrow().position()).isEmpty();
        assertThat(scrub.state().orElseThrow().lastEndedAt()).contains(clock.instant());
        Files.delete(store.file(stored.get(0)).orElseThrow());
        clock.advance(PERIOD);
        scrub.run();
        assertThat(damaged()).containsExactly(stored.get(0));
    }

    @Test
    void doesNotWaitAfterTheClockIsSetBack() throws IOException {
        clock.advance(Duration.ofDays(3650));
        scrub.run();
        scrub.run();
        clock.advance(Duration.ofDays(-3650));
        scrub = newScrub();
        scrub.run();
        assertThat(scrub.state().orElseThrow().beganAt()).isEqualTo(clock.instant());
    }

    @Test
    void recognisesARestoredFileAsIntact() throws IOException {
        Path file = store.file(stored.get(0)).orElseThrow();
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        clock.advance(PERIOD);
        scrub.run();
        Files.write(file, bytes);
        clock.advance(PERIOD);
        scrub.run();
        assertThat(damaged()).isEmpty();
    }

    @Test
    void doesNotReportUploadsInProgressOrAnUnmountedStore() throws IOException {
        transactions.run(entities -> entities.createNativeQuery(
                        "insert into removal_candidate (location, due_at) values (:location, 1)")
                .setParameter("location", stored.get(0).value())
                .executeUpdate());
        Files.delete(store.file(stored.get(0)).orElseThrow());
        clock.advance(PERIOD);
        scrub.run();
        assertThat(scrub.state().orElseThrow().lastEndedAt()).isPresent();
        Files.move(directory.resolve("blobs"), directory.resolve("away"));
        clock.advance(PERIOD);
        scrub.run();
        assertThat(damaged()).isEmpty();
    }

    private Scrub newScrub() {
        return new Scrub(
                PERIOD,
                blobs,
                integrity,
                new ScrubCatalog(transactions, clock),
                new Leases(transactions, clock),
                clock);
    }

    private List<BlobLocation> damaged() {
        return integrity.after("", 100).stream()
                .filter(StoredBlob::damaged)
                .map(StoredBlob::location)
                .toList();
    }

    private void store(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try (Spool spool = spools.receive(new ByteArrayInputStream(bytes), bytes.length)) {
            stored.add(blobs.store(
                    spool,
                    location -> transactions.call(entities -> BlobCatalog.addReference(entities, location))
                            ? Optional.of(location)
                            : Optional.empty()));
        }
    }
}
