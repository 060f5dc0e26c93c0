package io.mediakeep.blob.cache;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobSource;
import io.mediakeep.storage.StoreUnavailableException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory that counts how often it is read, and can stop in the middle of a blob or fail. */
final class CountedSource implements BlobSource {
    private final Map<BlobLocation, byte[]> blobs = new ConcurrentHashMap<>();
    private final AtomicInteger opened = new AtomicInteger();
    private volatile CountDownLatch released = new CountDownLatch(0);
    private volatile int heldAfter = Integer.MAX_VALUE;
    private volatile boolean away;

    /** Adds a blob of random bytes. */
    BlobLocation add(int seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        BlobLocation location = new BlobLocation(HexFormat.of().formatHex(sha256(bytes)));
        blobs.put(location, bytes);
        return location;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The bytes of a blob, not a copy. */
    byte[] bytes(BlobLocation location) {
        return blobs.get(location);
    }

    /** Removes a blob. */
    void remove(BlobLocation location) {
        blobs.remove(location);
    }

    /** Makes reading fail, or succeed again. */
    void setAway(boolean isAway) {
        away = isAway;
    }

    /** Stops each read after so many bytes, until {@link #release}. */
    void holdAfter(int bytes) {
        released = new CountDownLatch(1);
        heldAfter = bytes;
    }

    /** Continues what was stopped. */
    void release() {
        heldAfter = Integer.MAX_VALUE;
        released.countDown();
    }

    /** How often a blob was opened. */
    int opened() {
        return opened.get();
    }

    @Override
    public InputStream open(BlobLocation location, long offset, long length) throws IOException {
        opened.incrementAndGet();
        requireAvailable();
        byte[] bytes = blobs.get(location);
        if (bytes == null) {
            throw new BlobNotFoundException(location);
        }
        int from = (int) Math.min(offset, bytes.length);
        return new Held(new ByteArrayInputStream(bytes, from, (int) Math.min(length, bytes.length - from)));
    }

    private void requireAvailable() throws StoreUnavailableException {
        if (away) {
            throw new StoreUnavailableException("it is away", new IOException("connection reset"));
        }
    }

    @Override
    public boolean isRemote() {
        return true;
    }

    /** A stream that can be held. */
    private final class Held extends FilterInputStream {
        private int position;

        Held(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int start, int count) throws IOException {
            int limit = heldAfter - position;
            if (limit <= 0) {
                await();
                limit = Integer.MAX_VALUE;
            }
            requireAvailable();
            int read = super.read(bytes, start, Math.min(count, limit));
            position += Math.max(read, 0);
            return read;
        }

        private void await() {
            try {
                released.await();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
                throw new UncheckedIOException(new IOException("interrupted"));
            }
        }
    }
}
