package io.mediakeep.thumbnail;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.Spool;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.media.blob.BlobReader;
import io.mediakeep.media.content.Content;
import io.mediakeep.persistence.shared.StoreIdentity;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Content in memory that counts how often it is opened. */
public record InMemoryContent(byte[] bytes, AtomicInteger opened) implements BlobStore {
    public static Content of(byte[] bytes) {
        return of(bytes, new AtomicInteger());
    }

    /** @param opened counts how often it is opened */
    public static Content of(byte[] bytes, AtomicInteger opened) {
        BlobReader reader = new BlobReader(new InMemoryContent(bytes, opened), (location, size) -> {
            throw new AssertionError("it is sound");
        });
        return new Content(ContentType.OCTET_STREAM, Optional.empty(), bytes.length, location(bytes), reader, false);
    }

    private static BlobLocation location(byte[] bytes) {
        try {
            return new BlobLocation(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void put(Spool spool, BlobLocation location) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InputStream open(BlobLocation location, long offset, long length) {
        opened.incrementAndGet();
        return new ByteArrayInputStream(bytes, (int) offset, (int) length);
    }

    @Override
    public void delete(BlobLocation location) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Listed> list(Optional<BlobLocation> after, int max) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<StoreIdentity> identity() {
        return Optional.empty();
    }

    @Override
    public void identify(StoreIdentity identity) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isEmpty() {
        return false;
    }
}
