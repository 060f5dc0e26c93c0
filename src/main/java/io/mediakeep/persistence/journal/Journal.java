package io.mediakeep.persistence.journal;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A write-ahead log of changes of another file. A record is valid when its checksum is; one that a power cut truncated
 * is as if it had not been begun. Records since the last {@link #clear} are numbered and share a random number, which
 * distinguishes them from older ones that they overwrite.
 *
 * <p>A record is: its number (8 bytes), the random number (8), the length of the file (8), the number of blocks (4),
 * the blocks, each as its number (8) and its bytes, and the CRC-32C of all that (4).
 */
final class Journal implements Closeable {
    private static final int HEAD = 3 * Long.BYTES + Integer.BYTES;
    private static final int BLOCK_RECORD = Long.BYTES + BlockChanges.BLOCK;

    /** In place of the number of a record when there is none. */
    private static final long NO_RECORD = -1;

    private final FileChannel file;
    private final SecureRandom random = new SecureRandom();
    private final CRC32C checksum = new CRC32C();

    /**
     * All bytes pass through this buffer, so that no thread caches a direct buffer of the size of the largest record.
     */
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(16 * BLOCK_RECORD);

    private long position;
    private long number;
    private long series = random.nextLong();

    /** The journal in a file, whose records must be replayed before others are added. */
    Journal(FileChannel file) {
        this.file = file;
    }

    /** The size of the records in bytes. */
    long size() {
        return position;
    }

    /** Adds a record; on stable storage when this returns. */
    void append(BlockChanges changes) throws IOException {
        checksum.reset();
        buffer.clear();
        buffer.putLong(number++).putLong(series);
        buffer.putLong(changes.length()).putInt(changes.blocks().size());
        for (Map.Entry<Long, ByteBuffer> block : changes.blocks().entrySet()) {
            makeRoom(BLOCK_RECORD);
            buffer.putLong(block.getKey()).put(block.getValue().duplicate());
        }
        makeRoom(buffer.capacity());
        write(buffer.putInt((int) checksum.getValue()));
        file.force(false);
    }

    private void makeRoom(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            checksum.update(buffer.duplicate().flip());
            write(buffer);
        }
    }

    private void write(ByteBuffer filled) throws IOException {
        filled.flip();
        while (filled.hasRemaining()) {
            position += file.write(filled, position);
        }
        filled.clear();
    }

    /** Applies all records in order, forces the result, and removes the records. */
    void replay(FileChannel target) throws IOException {
        position = 0;
        number = 0;
        Optional<BlockChanges> changes = read();
        while (changes.isPresent()) {
            changes.get().applyTo(target);
            number++;
            changes = read();
        }
        if (number > 0) {
            target.force(false);
        }
        clear();
    }

    /** The record at the position, which is advanced to the next; empty if there is none, or it is incomplete. */
    private Optional<BlockChanges> read() throws IOException {
        try {
            checksum.reset();
            ByteBuffer head = read(HEAD);
            boolean next = head.getLong() == number;
            long found = head.getLong();
            if (!next || (number > 0 && found != series)) {
                return Optional.empty();
            }
            series = found;
            BlockChanges changes = new BlockChanges(head.getLong());
            for (int blocks = head.getInt(); blocks > 0; blocks--) {
                ByteBuffer block = read(BLOCK_RECORD);
                changes.write(block, block.getLong() * BlockChanges.BLOCK);
            }
            int expected = (int) checksum.getValue();
            return read(Integer.BYTES).getInt() == expected ? Optional.of(changes) : Optional.empty();
        } catch (EOFException tooShort) {
            return Optional.empty();
        }
    }

    private ByteBuffer read(int bytes) throws IOException {
        buffer.clear().limit(bytes);
        while (buffer.hasRemaining()) {
            int count = file.read(buffer, position);
            if (count < 0) {
                throw new EOFException();
            }
            position += count;
        }
        buffer.flip();
        checksum.update(buffer.duplicate());
        return buffer;
    }

    /**
     * Removes all records, on stable storage too: the next append may be lost in part, and must not leave the first of
     * them to be replayed. Their changes must be on stable storage in the other file.
     */
    void clear() throws IOException {
        position = 0;
        buffer.clear();
        write(buffer.putLong(NO_RECORD));
        file.force(false);
        position = 0;
        number = 0;
        series = random.nextLong();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
