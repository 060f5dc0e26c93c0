package io.mediakeep.testing.powercut;

import io.mediakeep.testing.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The content of a file: its stable part, and the changes since it was last forced. */
final class Inode {
    private final RecordedDisk disk;
    private final Path stable;
    private final List<RecordedDisk.Event> unforced = new ArrayList<>();

    /** An empty file, whose stable content is stored in {@code stable}. */
    Inode(RecordedDisk disk, Path stable) throws IOException {
        this.disk = disk;
        this.stable = Files.createFile(stable);
    }

    void change(RecordedDisk.Event event) {
        unforced.add(event);
    }

    /** Makes all changes stable. */
    void force() throws IOException {
        try (FileChannel file = FileChannel.open(stable, StandardOpenOption.WRITE)) {
            for (RecordedDisk.Event event : unforced) {
                if (event.kind() == Disk.Operation.TRUNCATE) {
                    resize(file, event.position());
                } else {
                    file.write(disk.bytes(event), event.position());
                }
            }
        }
        unforced.clear();
    }

    /**
     * Writes a state that a power cut may leave: the length after any of the changes, and any of the sectors written.
     * Of several writes of a sector, any one may be left.
     */
    void leave(Path target, Random random) throws IOException {
        Files.copy(stable, target);
        int sector = random.nextBoolean() ? 512 : 4096;
        double share = SHARES[random.nextInt(SHARES.length)];
        try (FileChannel file = FileChannel.open(target, StandardOpenOption.WRITE)) {
            long size = leaveLength(file, random.nextInt(unforced.size() + 1));
            for (RecordedDisk.Event event : unforced) {
                if (event.kind() == Disk.Operation.WRITE) {
                    leaveSectors(file, event, sector, share, random);
                }
            }
            resize(file, size);
        }
    }

    private static final double[] SHARES = {0, 0.1, 0.5, 0.9, 1};

    private long leaveLength(FileChannel file, int changes) throws IOException {
        long size = file.size();
        for (RecordedDisk.Event event : unforced.subList(0, changes)) {
            long end = event.position() + event.length();
            size = event.kind() == Disk.Operation.TRUNCATE ? end : Math.max(size, end);
            if (event.kind() == Disk.Operation.TRUNCATE) {
                file.truncate(size);
            }
        }
        return size;
    }

    private void leaveSectors(FileChannel file, RecordedDisk.Event write, int sector, double share, Random random)
            throws IOException {
        ByteBuffer bytes = disk.bytes(write);
        while (bytes.hasRemaining()) {
            long position = write.position() + bytes.position();
            int length = (int) Math.min(bytes.remaining(), sector - position % sector);
            if (random.nextDouble() < share) {
                file.write(bytes.slice(bytes.position(), length), position);
            }
            bytes.position(bytes.position() + length);
        }
    }

    private static void resize(FileChannel file, long size) throws IOException {
        file.truncate(size);
        if (file.size() < size) {
            file.write(ByteBuffer.allocate(1), size - 1);
        }
    }
}
