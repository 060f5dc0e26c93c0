package io.mediakeep.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.disk.InterceptedFilePath;
import io.mediakeep.testing.powercut.PowerCuts;
import io.mediakeep.testing.powercut.RecordedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.h2.store.fs.FilePath;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small file is changed at random; each forced state is identified by the hash of its content. */
class JournaledFileTest {
    private static final int BLOCK = BlockChanges.BLOCK,
            MAX_BLOCKS = 16,
            FORCES = 100,
            CUTS = 60,
            LONG_JOURNAL = 1 << 19;
    private static final String NAME = "file.mv.db";

    private final Random random = new Random(11);

    /** The number of recorded events after which each state was forced. */
    private final NavigableMap<Integer, Integer> forced = new TreeMap<>();

    /** The expected content of the file. */
    private byte[] content = {};

    @TempDir
    Path directory;

    @BeforeAll
    static void theFilesOfH2CanBeRecorded() {}

    @Test
    void aPowerCutLeavesTheLastForcedStateOrALaterOne() throws IOException {
        assertThat(badCuts(forced -> true)).isZero();
    }

    @Test
    void aMissingForceOfTheJournalIsDetected() throws IOException {
        assertThat(badCuts(forced -> !forced.toString().endsWith(".journal"))).isPositive();
    }

    @Test
    void aMissingForceOfTheFileBeforeTheJournalRestartsIsDetected() throws IOException {
        assertThat(badCuts(forced -> !forced.endsWith(NAME))).isPositive();
    }

    @Test
    void aMissingForceOfTheDirectoryIsDetected() throws IOException {
        assertThat(badCuts(forced -> !Files.isDirectory(forced))).isPositive();
    }

    @Test
    void aPowerCutInTheFirstRecordOfARestartedJournalRestoresNoOlderRecord() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        try (RecordedDisk disk = new RecordedDisk(data, directory.resolve("recording"), forced -> true)) {
            int inTheFirstRecord;
            try (FileChannel file = open(InterceptedFilePath.SCHEME + ":" + data.resolve(NAME), 2 * BLOCK)) {
                assertThat(file.tryLock()).isNotNull();
                writeAndForce(disk, file, 1);
                writeAndForce(disk, file, 1); // makes the journal long
                inTheFirstRecord = disk.now() + 1;
                writeAndForce(disk, file, MAX_BLOCKS / 2);
            }
            int[] cuts = new int[CUTS];
            Arrays.fill(cuts, inTheFirstRecord);
            assertThat(badCuts(disk, cuts)).isZero();
        }
    }

    /** The number of simulated power cuts after which the file was in none of the expected states. */
    private int badCuts(RecordedDisk.Forces forces) throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        try (RecordedDisk disk = new RecordedDisk(data, directory.resolve("recording"), forces)) {
            change(disk, InterceptedFilePath.SCHEME + ":" + data.resolve(NAME));
            return badCuts(
                    disk,
                    random.ints(CUTS, forced.firstKey(), disk.now()).sorted().toArray());
        }
    }

    private int badCuts(RecordedDisk disk, int[] ascending) throws IOException {
        PowerCuts cuts = new PowerCuts(disk, Files.createDirectory(directory.resolve("images")));
        int bad = 0;
        for (int at : ascending) {
            Path left = Files.createTempDirectory(directory, "left");
            cuts.cut(at, random, left);
            bad += isExpected(left.resolve(NAME), at) ? 0 : 1;
        }
        return bad;
    }

    private boolean isExpected(Path left, int at) throws IOException {
        if (Files.notExists(left)) {
            return false;
        }
        try (FileChannel file = open(left.toString(), LONG_JOURNAL)) {
            assertThat(file.tryLock()).isNotNull();
            int hash = Arrays.hashCode(read(file));
            return forced.tailMap(forced.floorKey(at)).containsValue(hash);
        }
    }

    private void change(RecordedDisk disk, String path) throws IOException {
        try (FileChannel file = open(path, LONG_JOURNAL)) {
            FileLock lock = Objects.requireNonNull(file.tryLock());
            forced.put(disk.now(), Arrays.hashCode(content));
            for (int force = 0; force < FORCES; force++) {
                for (int changes = random.nextInt(4); changes >= 0; changes--) {
                    change(file);
                }
                force(disk, file);
            }
            change(file); // this write is never forced
            assertThat(read(file)).isEqualTo(content);
            lock.release();
        }
    }

    private static FileChannel open(String path, long longJournal) throws IOException {
        FilePath file = FilePath.get(path);
        return new JournaledFile(file, file.open("rw"), longJournal);
    }

    private void change(FileChannel file) throws IOException {
        int blocks = content.length / BLOCK;
        if (random.nextInt(10) == 0) {
            int left = random.nextInt(blocks + 1) * BLOCK;
            file.truncate(left);
            content = Arrays.copyOf(content, left);
        } else {
            int start = random.nextInt(Math.min(blocks + 1, MAX_BLOCKS));
            write(file, start, 1 + random.nextInt(MAX_BLOCKS / 2));
        }
    }

    private void write(FileChannel file, int start, int blocks) throws IOException {
        byte[] bytes = new byte[blocks * BLOCK];
        random.nextBytes(bytes);
        content = Arrays.copyOf(content, Math.max(content.length, start * BLOCK + bytes.length));
        System.arraycopy(bytes, 0, content, start * BLOCK, bytes.length);
        file.write(ByteBuffer.wrap(bytes), (long) start * BLOCK);
    }

    private void force(RecordedDisk disk, FileChannel file) throws IOException {
        file.force(false);
        forced.put(disk.now(), Arrays.hashCode(content));
    }

    private void writeAndForce(RecordedDisk disk, FileChannel file, int blocks) throws IOException {
        write(file, 0, blocks);
        force(disk, file);
    }

    private static byte[] read(FileChannel file) throws IOException {
        ByteBuffer all = ByteBuffer.allocate((int) file.size());
        while (all.hasRemaining() && file.read(all, all.position()) > 0) {}
        return all.array();
    }
}
