package io.mediakeep.blob;

import io.mediakeep.matrix.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.BooleanSupplier;

/** Verifies the size and hash of a stored blob, in one or several steps. */
public final class BlobVerification {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final BlobSource store;
    private final BlobLocation location;
    private final long size;
    private final MessageDigest digest = Sha256.newDigest();
    private long position;

    /** The result of a step. */
    public enum Outcome {
        UNFINISHED,
        INTACT,
        DAMAGED
    }

    /** @param size the expected number of bytes */
    public BlobVerification(BlobSource store, BlobLocation location, long size) {
        this.store = store;
        this.location = location;
        this.size = size;
    }

    /** Whether the blob is intact. Reads all its bytes. */
    public static boolean isIntact(BlobSource store, BlobLocation location, long size) throws IOException {
        return new BlobVerification(store, location, size).proceed(() -> true) == Outcome.INTACT;
    }

    /** The location of the blob. */
    public BlobLocation location() {
        return location;
    }

    /**
     * Continues to read.
     *
     * @param proceed checked before each piece of 64 KiB
     * @throws IOException when the store fails, which does not mean that the blob is damaged
     */
    public Outcome proceed(BooleanSupplier proceed) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream bytes = store.open(location, position, size - position + 1)) {
            while (proceed.getAsBoolean()) {
                int count = bytes.read(buffer);
                if (count < 0) {
                    return isExpected() ? Outcome.INTACT : Outcome.DAMAGED;
                }
                digest.update(buffer, 0, count);
                position += count;
            }
            return Outcome.UNFINISHED;
        } catch (BlobNotFoundException | DamagedBlobException damage) {
            return Outcome.DAMAGED;
        }
    }

    private boolean isExpected() {
        return position == size && BlobId.of(digest).equals(location.id());
    }
}
