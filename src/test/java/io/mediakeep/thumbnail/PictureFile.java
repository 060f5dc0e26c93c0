package io.mediakeep.thumbnail;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.Spool;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.media.Content;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;

/** A picture that is stored in the memory of the test. */
record PictureFile(byte[] bytes) implements BlobStore {
    private static final BlobLocation NOWHERE = new BlobLocation("0".repeat(64));

    static Content of(byte[] bytes) {
        return new Content(ContentType.OCTET_STREAM, Optional.empty(), bytes.length, NOWHERE, new PictureFile(bytes));
    }

    @Override
    public void put(Spool spool, BlobLocation location) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputStream open(BlobLocation location, long offset, long length) {
        return new ByteArrayInputStream(bytes, (int) offset, (int) length);
    }

    @Override
    public void delete(BlobLocation location) {
        throw new UnsupportedOperationException();
    }
}
