package io.mediakeep.blob.database;

/** The division of a blob into chunks. All chunks are full but the last. */
record ChunkLayout(long size) {
    /** Part of the stored format: with another size, existing blobs could not be read. */
    static final int CHUNK_BYTES = 256 * 1024;

    /** The number of chunks. */
    int count() {
        return Math.toIntExact((size + CHUNK_BYTES - 1) / CHUNK_BYTES);
    }

    /** The chunk that holds the byte at an offset. */
    int chunkAt(long offset) {
        return Math.toIntExact(offset / CHUNK_BYTES);
    }

    /** The position of an offset within its chunk. */
    int withinChunk(long offset) {
        return (int) (offset % CHUNK_BYTES);
    }

    /** The length of a chunk in bytes. */
    int lengthOf(int seq) {
        return (int) Math.min(CHUNK_BYTES, size - (long) seq * CHUNK_BYTES);
    }

    /** The end of a range, cut to the size. */
    long endOf(long offset, long length) {
        return offset >= size ? offset : offset + Math.min(length, size - offset);
    }
}
