package io.mediakeep.thumbnail;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.Spool;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.media.Content;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;

/** A picture that is stored in the memory of the test. */
record PictureFile(byte[] bytes) implements BlobStore {
    private static final BlobId ID = new BlobId("0".repeat(64));

    static Content of(byte[] bytes) {
        return new Content(ContentType.OCTET_STREAM, Optional.empty(), bytes.length, ID, new PictureFile(bytes));
    }

    @Override
    public void put(Spool spool) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputStream open(BlobId id, long offset, long length) {
        return new ByteArrayInputStream(bytes, (int) offset, (int) length);
    }

    @Override
    public void delete(BlobId id) {
        throw new UnsupportedOperationException();
    }
}
