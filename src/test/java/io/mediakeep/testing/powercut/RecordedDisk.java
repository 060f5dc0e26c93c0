package io.mediakeep.testing.powercut;

import io.mediakeep.testing.disk.Disk;
import io.mediakeep.testing.disk.Disks;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The operations on the files below a directory, in order. The files themselves are changed as usual; the bytes of each
 * write are also stored in a file of the recording, so that a long recording needs little heap.
 */
public final class RecordedDisk implements Disk, Closeable {
    private final Path root;
    private final FileChannel bytes;
    private final Forces forces;
    private final List<Event> events = new ArrayList<>();
    private long end;

    /**
     * An operation.
     *
     * @param path the file or directory
     * @param target the new name, for {@code RENAME}; the existing name, for {@code LINK}
     * @param position of the first byte written; the new length of a file, for {@code TRUNCATE}
     * @param offset of the bytes written, within the recording
     */
    record Event(Operation kind, Path path, Path target, long position, long offset, int length) {}

    /** Decides about forces. */
    public interface Forces {
        /**
         * Whether a force of a file or directory is carried out.
         *
         * @throws IOException for a force that fails
         */
        boolean isCarriedOut(Path path) throws IOException;
    }

    /**
     * Records the files below a directory.
     *
     * @param recording the file for the bytes of writes
     * @param forces the forces to carry out; all others are omitted
     */
    public RecordedDisk(Path root, Path recording, Forces forces) throws IOException {
        this.bytes = FileChannel.open(
                recording, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        this.forces = forces;
        this.root = Disks.intercept(root, this);
    }

    /** The directory, as a path whose operations are recorded. */
    public Path path() {
        return Disks.path(root);
    }

    /** The number of events so far. */
    public synchronized int now() {
        return events.size();
    }

    @Override
    public FileChannel open(Path file, boolean forWriting, Opening opening) throws IOException {
        boolean creates = forWriting && !Files.exists(file);
        FileChannel channel = opening.open();
        if (creates) {
            change(Operation.CREATE, file, file, () -> {});
        }
        return new RecordedChannel(this, file, channel);
    }

    /** Makes and records a change, with no other in between. */
    @Override
    public synchronized void change(Operation operation, Path path, Path target, Change change) throws IOException {
        change.make();
        events.add(new Event(operation, path, target, 0, 0, 0));
    }

    synchronized void truncate(Path path, FileChannel file, long size) throws IOException {
        file.truncate(size);
        events.add(new Event(Operation.TRUNCATE, path, path, size, 0, 0));
    }

    synchronized int write(Path path, FileChannel file, ByteBuffer source, long position) throws IOException {
        int length = source.remaining();
        writeFully(bytes, source.duplicate(), end);
        writeFully(file, source, position);
        events.add(new Event(Operation.WRITE, path, path, position, end, length));
        end += length;
        return length;
    }

    /** The event precedes the force: it makes stable what was written before it began. */
    public void force(Path path, FileChannel file) throws IOException {
        if (forces.isCarriedOut(path)) {
            synchronized (this) {
                events.add(new Event(Operation.FORCE, path, path, 0, 0, 0));
            }
            file.force(false);
        }
    }

    private static void writeFully(FileChannel file, ByteBuffer source, long position) throws IOException {
        for (long at = position; source.hasRemaining(); ) {
            at += file.write(source, at);
        }
    }

    Path root() {
        return root;
    }

    synchronized List<Event> events(int from, int to) {
        return List.copyOf(events.subList(from, to));
    }

    /** The bytes of a write. */
    ByteBuffer bytes(Event write) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(write.length());
        while (read.hasRemaining()) {
            bytes.read(read, write.offset() + read.position());
        }
        return read.flip();
    }

    @Override
    public void close() throws IOException {
        Disks.release(this);
        bytes.close();
    }
}
