package io.mediakeep.blob.database;

/** How the bytes of a blob of a given size lie in its chunks. All chunks are full but the last. */
record ChunkLayout(long size) {
    /** Part of what is in the database: with another size, blobs kept before could not be read. */
    static final int CHUNK_BYTES = 256 * 1024;

    /** The number of chunks. */
    int count() {
        return Math.toIntExact((size + CHUNK_BYTES - 1) / CHUNK_BYTES);
    }

    /** The chunk that holds the byte at an offset. */
    int chunkAt(long offset) {
        return Math.toIntExact(offset / CHUNK_BYTES);
    }

    /** Where in its chunk the byte at an offset is. */
    int withinChunk(long offset) {
        return (int) (offset % CHUNK_BYTES);
    }

    /** The length of a chunk in bytes. */
    int lengthOf(int seq) {
        return (int) Math.min(CHUNK_BYTES, size - (long) seq * CHUNK_BYTES);
    }

    /** Where a range ends that is cut to what is there. */
    long endOf(long offset, long length) {
        return offset >= size ? offset : offset + Math.min(length, size - offset);
    }
}
