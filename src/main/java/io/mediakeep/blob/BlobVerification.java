package io.mediakeep.blob;

import io.mediakeep.matrix.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.BooleanSupplier;

/** Reads bytes of a store, at one go or in several, and compares their hash and size to what they should be. */
public final class BlobVerification {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final BlobSource store;
    private final BlobLocation location;
    private final long size;
    private final MessageDigest digest = Sha256.newDigest();
    private long position;

    /** How far it has come. */
    public enum Outcome {
        UNFINISHED,
        SOUND,
        DAMAGED
    }

    /** @param size how many bytes there should be */
    public BlobVerification(BlobSource store, BlobLocation location, long size) {
        this.store = store;
        this.location = location;
        this.size = size;
    }

    /** Whether the bytes are there and what they should be. Reads all of them. */
    public static boolean isSound(BlobSource store, BlobLocation location, long size) throws IOException {
        return new BlobVerification(store, location, size).proceed(() -> true) == Outcome.SOUND;
    }

    /** What is verified. */
    public BlobLocation location() {
        return location;
    }

    /**
     * Reads on.
     *
     * @param goOn asked before each piece of 64 KiB
     * @throws IOException when the store fails, which says nothing of the bytes
     */
    public Outcome proceed(BooleanSupplier goOn) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream bytes = store.open(location, position, size - position + 1)) {
            while (goOn.getAsBoolean()) {
                int count = bytes.read(buffer);
                if (count < 0) {
                    return isWhole() ? Outcome.SOUND : Outcome.DAMAGED;
                }
                digest.update(buffer, 0, count);
                position += count;
            }
            return Outcome.UNFINISHED;
        } catch (BlobNotFoundException | DamagedBlobException damage) {
            return Outcome.DAMAGED;
        }
    }

    private boolean isWhole() {
        return position == size && BlobId.of(digest).equals(location.id());
    }
}
