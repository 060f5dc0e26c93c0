package io.mediakeep.blob.s3;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.DamagedBlobException;
import io.mediakeep.blob.s3.S3Reader.Piece;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A range of a blob as a stream, which holds at most one piece of it. */
final class S3InputStream extends InputStream {
    private static final byte[] NONE = {};

    private final S3Reader reader;
    private final BlobLocation location;
    private final long size;
    private final long end;
    private long position;
    private byte[] piece;
    private int read;

    private S3InputStream(S3Reader reader, BlobLocation location, long offset, long length, Piece first) {
        this.reader = reader;
        this.location = location;
        this.position = offset;
        this.size = first.size();
        this.end = offset + (offset >= size ? 0 : Math.min(length, size - offset));
        this.piece = first.bytes();
    }

    /**
     * Opens a range, and reads its first piece.
     *
     * @param length at least 1
     * @throws io.mediakeep.blob.BlobNotFoundException when there is no such object
     */
    static S3InputStream open(S3Reader reader, BlobLocation location, long offset, long length) throws IOException {
        Piece first = reader.read(location, offset, (int) Math.min(length, S3Reader.PIECE_BYTES));
        return new S3InputStream(reader, location, offset, length, first);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int start, int count) throws IOException {
        Objects.checkFromIndexSize(start, count, bytes.length);
        if (count == 0) {
            return 0;
        }
        if (position == end) {
            return -1;
        }
        if (read == piece.length) {
            next();
        }
        int copied = Math.min(count, piece.length - read);
        System.arraycopy(piece, read, bytes, start, copied);
        read += copied;
        position += copied;
        return copied;
    }

    private void next() throws IOException {
        piece = NONE; // not two at once
        Piece next = reader.read(location, position, (int) Math.min(end - position, S3Reader.PIECE_BYTES));
        if (next.size() != size) {
            throw new DamagedBlobException("the object has changed while it was read");
        }
        piece = next.bytes();
        read = 0;
    }

    @Override
    public void close() {
        piece = NONE;
        read = 0;
    }
}
