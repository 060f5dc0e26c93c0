package io.mediakeep.persistence.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

/**
 * A file that is, after a crash or power cut, exactly as at some call of {@link #force}: the last one that returned, or
 * a later one. Until then changes are held in memory, then written to a journal, and only from there to the file.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // reads do not wait for a force
final class JournaledFile extends FileBaseDefault {
    /** So many changed blocks (8 MiB) are forced without a request. */
    private static final int MAX_BLOCKS = 2048;

    private final FilePath path;
    private final FileChannel file;
    private final long maxJournalBytes;

    /** Held while changes move from memory to the file; acquired before the lock on this object. */
    private final Object forcing = new Object();

    private @Nullable Journal journal;
    private BlockChanges unforced = new BlockChanges(0);
    private BlockChanges beingForced = unforced;
    private boolean failed;

    /**
     * An open file, which must be locked before anything else.
     *
     * @param maxJournalBytes when the journal is longer, the file itself is forced, and the journal restarts
     */
    JournaledFile(FilePath path, FileChannel file, long maxJournalBytes) {
        this.path = path;
        this.file = file;
        this.maxJournalBytes = maxJournalBytes;
    }

    /** Locks the file and restores the state of the last force, unless another process has it open. */
    @Override
    public @Nullable FileLock tryLock(long position, long size, boolean shared) throws IOException {
        FileLock lock = file.tryLock(position, size, shared);
        if (lock == null) {
            return null;
        }
        journal = new Journal(JournaledFilePath.openJournal(path)); // closed with this file
        journal.replay(file);
        JournaledFilePath.forceDirectoryOf(path);
        unforced = new BlockChanges(file.size());
        beingForced = unforced;
        return new Lock(lock);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        int length;
        Map<Long, ByteBuffer> changed = new TreeMap<>();
        synchronized (this) {
            length = (int) Math.min(target.remaining(), unforced.length() - position);
            if (length > 0) {
                changed.putAll(beingForced.between(position, position + length));
                changed.putAll(unforced.between(position, position + length));
            }
        }
        if (length <= 0) {
            return -1;
        }
        ByteBuffer part = target.slice(target.position(), length);
        readFile(part.duplicate(), position);
        changed.forEach((number, block) -> copy(block, number * BlockChanges.BLOCK - position, part));
        target.position(target.position() + length);
        return length;
    }

    /** Where the file is shorter than it is going to be, the rest of the target is not changed. */
    private void readFile(ByteBuffer target, long position) throws IOException {
        long at = position;
        int count = 0;
        while (target.hasRemaining() && count >= 0) {
            count = file.read(target, at);
            at += count;
        }
    }

    /** Copies the overlap of a block and the target; the block begins at {@code offset} from the target's start. */
    private static void copy(ByteBuffer block, long offset, ByteBuffer target) {
        int from = (int) Math.max(0, -offset);
        int to = (int) Math.min(BlockChanges.BLOCK, target.limit() - offset);
        target.put((int) (offset + from), block, from, to - from);
    }

    /**
     * Writes to memory. At position 0 an MVStore has its header, which it writes after a chunk that cannot be found
     * without it. So no force may happen in between: MVStore would recover an older state from the file.
     */
    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        int length = source.remaining();
        boolean many;
        synchronized (this) {
            many = unforced.blocks().size() >= MAX_BLOCKS;
        }
        if (many && position > 0) {
            force(false);
        }
        synchronized (this) {
            unforced.write(source, position);
        }
        return length;
    }

    @Override
    protected synchronized void implTruncate(long size) {
        unforced.truncate(size);
    }

    @Override
    public synchronized long size() {
        return unforced.length();
    }

    @Override
    public void force(boolean metaData) throws IOException {
        synchronized (forcing) {
            BlockChanges changes = beginForce();
            if (!changes.isEmpty()) {
                failed = true; // reset on success
                journal().append(changes);
                changes.applyTo(file);
                if (journal().size() > maxJournalBytes) {
                    file.force(false);
                    journal().clear();
                }
                failed = false;
            }
            synchronized (this) {
                beingForced = new BlockChanges(0); // they are in the file; a reader has a reference of its own
            }
        }
    }

    private synchronized BlockChanges beginForce() throws IOException {
        if (failed) {
            throw new IOException(
                    "an earlier force of this file failed; it is recovered from its journal when it is opened again");
        }
        beingForced = unforced;
        unforced = new BlockChanges(unforced.length());
        return beingForced;
    }

    private Journal journal() {
        return Objects.requireNonNull(journal, "the file was never locked");
    }

    /** Leaves the file as at the last force, without a journal. */
    private void finish() throws IOException {
        synchronized (forcing) {
            if (!failed) {
                file.force(false);
                journal().close();
                JournaledFilePath.journalOf(path).delete();
                JournaledFilePath.forceDirectoryOf(path);
            }
        }
    }

    @Override
    protected void implCloseChannel() throws IOException {
        try (file) {
            if (journal != null) {
                journal.close();
            }
        }
    }

    /** The lock of the file. The file is finished before another process can acquire it. */
    private final class Lock extends FileLock {
        private final FileLock lock;

        Lock(FileLock lock) {
            super(JournaledFile.this, lock.position(), lock.size(), lock.isShared());
            this.lock = lock;
        }

        @Override
        public boolean isValid() {
            return lock.isValid();
        }

        @Override
        public void release() throws IOException {
            try {
                finish();
            } finally {
                lock.release();
            }
        }
    }
}
