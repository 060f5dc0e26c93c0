package io.mediakeep.blob.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.persistence.shared.StoreIdentity;
import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.powercut.PowerCuts;
import io.mediakeep.testing.powercut.RecordedDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cuts the power at random moments while blobs are put and deleted, and checks the directory that this may leave. */
class DiskPowerCutTest {
    private static final int CLIENTS = 4, BLOBS_EACH = 12, CUTS = Integer.getInteger("mediakeep.cut.points", 40);

    /** So few shard directories that some blobs are stored in existing ones and others need a new one. */
    private static final int DIRECTORIES = 6;

    private final Map<BlobLocation, byte[]> contents = new ConcurrentHashMap<>();
    private final Queue<Put> puts = new ConcurrentLinkedQueue<>();

    /**
     * A blob whose put was complete after {@code from} recorded events, and whose deletion began after {@code until}.
     */
    private record Put(BlobLocation location, int from, int until) {
        boolean mustBeThere(int events) {
            return from <= events && events <= until;
        }
    }

    @TempDir
    Path directory;

    @Test
    void storedBlobsSurviveAndExistingBlobsAreComplete() throws Exception {
        assertThat(badCuts(path -> true)).isZero();
    }

    @Test
    void aSpoolFileThatIsNotForcedIsDetected() throws Exception {
        assertThat(badCuts(path -> !path.toString().contains("receiving-"))).isPositive();
    }

    @Test
    void aBlobDirectoryThatIsNotForcedIsDetected() throws Exception {
        assertThat(badCuts(path -> depth(path) != 2)).isPositive();
    }

    @Test
    void aParentDirectoryThatIsNotForcedIsDetected() throws Exception {
        assertThat(badCuts(path -> depth(path) != 1)).isPositive();
    }

    @Test
    void aRootThatIsNotForcedIsDetected() throws Exception {
        assertThat(badCuts(path -> depth(path) != 0)).isPositive();
    }

    private int depth(Path path) {
        Path root = directory.resolve("data/blobs");
        return path.equals(root) ? 0 : path.getNameCount() - root.getNameCount();
    }

    /** The number of simulated power cuts after which the directory was invalid. */
    private int badCuts(RecordedDisk.Forces forces) throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        try (RecordedDisk disk = new RecordedDisk(data, directory.resolve("recording"), forces)) {
            work(disk);
            PowerCuts cuts = new PowerCuts(disk, Files.createDirectory(directory.resolve("images")));
            Random random = new Random(7);
            int bad = 0;
            for (int at : random.ints(CUTS, 0, disk.now() + 1).sorted().toArray()) {
                Path left = Files.createTempDirectory(directory, "left");
                cuts.cut(at, random, left);
                bad += matches(left.resolve("blobs"), at) ? 0 : 1;
            }
            return bad;
        }
    }

    private void work(RecordedDisk disk) throws Exception {
        Path root = disk.path().resolve("blobs");
        DiskBlobStore store = new DiskBlobStore(root);
        store.identify(new StoreIdentity(UUID.randomUUID(), ""));
        AtomicInteger clients = new AtomicInteger();
        try (SpoolDirectory spools = SpoolDirectory.open(root.resolve("spool"))) {
            assertThat(Concurrently.run(CLIENTS, () -> {
                        putAndDelete(disk, store, spools, new Random(clients.incrementAndGet()));
                        return true;
                    }))
                    .containsOnly(true);
        }
    }

    /** Every third blob is deleted. */
    private void putAndDelete(RecordedDisk disk, DiskBlobStore store, SpoolDirectory spools, Random random)
            throws IOException {
        for (int blob = 0; blob < BLOBS_EACH; blob++) {
            BlobLocation location = location(random.nextInt(DIRECTORIES));
            byte[] content = new byte[random.nextInt(20_000)];
            random.nextBytes(content);
            contents.put(location, content);
            try (Spool spool = spools.receive(new ByteArrayInputStream(content), content.length)) {
                store.put(spool, location);
            }
            int from = disk.now();
            puts.add(new Put(location, from, blob % 3 == 0 ? from : Integer.MAX_VALUE));
            if (blob % 3 == 0) {
                store.delete(location);
            }
        }
    }

    private static BlobLocation location(int directory) {
        String start = Integer.toHexString(directory % 2) + "0" + Integer.toHexString(directory) + "0";
        return new BlobLocation(start + "0".repeat(60) + "-" + UUID.randomUUID());
    }

    private boolean matches(Path blobs, int at) throws IOException {
        ShardDirectories directories = new ShardDirectories(blobs);
        for (Put put : puts) {
            if (put.mustBeThere(at) && !Files.exists(directories.fileOf(put.location))) {
                return false;
            }
        }
        if (!Files.isDirectory(blobs)) {
            return true; // the power was cut before
        }
        try (Stream<Path> files = Files.walk(blobs)) {
            return files.filter(file -> file.getFileName().toString().length() > 64)
                    .allMatch(this::isWhole);
        }
    }

    private boolean isWhole(Path file) {
        try {
            byte[] content = contents.get(new BlobLocation(file.getFileName().toString()));
            return Arrays.equals(Files.readAllBytes(file), content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
