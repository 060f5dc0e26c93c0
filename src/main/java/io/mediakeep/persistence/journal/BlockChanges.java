package io.mediakeep.persistence.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Changes of a file that take effect together: the last content of each block, and the length of the file. */
final class BlockChanges {
    /** In bytes. H2 writes whole blocks of this size only ({@code FileStore.BLOCK_SIZE}). */
    static final int BLOCK = 4096;

    private final NavigableMap<Long, ByteBuffer> blocks = new TreeMap<>();
    private final long lengthBefore;
    private long length;

    /** No changes of a file of this length in bytes. */
    BlockChanges(long length) {
        this.lengthBefore = length;
        this.length = length;
    }

    /** The length of the file after the changes. */
    long length() {
        return length;
    }

    boolean isEmpty() {
        return blocks.isEmpty() && length == lengthBefore;
    }

    /** The blocks by their number within the file; not to be modified. */
    NavigableMap<Long, ByteBuffer> blocks() {
        return blocks;
    }

    /** The blocks that overlap the bytes from {@code start} to {@code end}, exclusive. */
    NavigableMap<Long, ByteBuffer> between(long start, long end) {
        return blocks.subMap(start / BLOCK, true, (end - 1) / BLOCK, true);
    }

    /** Adds whole blocks, which are copied. */
    void write(ByteBuffer source, long position) {
        if (position % BLOCK != 0 || source.remaining() % BLOCK != 0) {
            throw new IllegalArgumentException(source.remaining() + " bytes at " + position + " are not whole blocks");
        }
        for (long number = position / BLOCK; source.hasRemaining(); number++) {
            byte[] block = new byte[BLOCK];
            source.get(block);
            blocks.put(number, ByteBuffer.wrap(block));
            length = Math.max(length, (number + 1) * BLOCK);
        }
    }

    /** Shortens the file, unless it is shorter. */
    void truncate(long newLength) {
        length = Math.min(length, newLength);
        blocks.tailMap((length + BLOCK - 1) / BLOCK, true).clear();
    }

    /** Applies the changes, without forcing them to stable storage. */
    void applyTo(FileChannel file) throws IOException {
        for (Map.Entry<Long, ByteBuffer> block : blocks.entrySet()) {
            ByteBuffer content = block.getValue().duplicate();
            for (long at = block.getKey() * BLOCK; content.hasRemaining(); ) {
                at += file.write(content, at);
            }
        }
        if (file.size() > length) {
            file.truncate(length);
        }
    }
}
