package io.mediakeep.blob;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name under which a store holds bytes (a file name, a key): their SHA-256 and the generation of their row. It is
 * not reused once that row is deleted, so a late removal removes nothing else. Bytes that were stored before there were
 * generations have none in their name.
 */
public record BlobLocation(String value) {
    private static final Pattern VALUE = Pattern.compile("[0-9a-f]{64}(-[0-9a-f-]{36})?");

    /** Rejects anything else with {@link IllegalArgumentException}. */
    public BlobLocation {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not the location of a blob");
        }
    }

    /** Whether a text is a location; a store may also hold other names. */
    public static boolean isValid(String value) {
        return VALUE.matcher(value).matches();
    }

    /** A location that was never used before. */
    public static BlobLocation newFor(BlobId id) {
        return new BlobLocation(id + "-" + UUID.randomUUID());
    }

    /** The hash of the bytes. */
    public BlobId id() {
        return new BlobId(value.substring(0, BlobId.LENGTH));
    }

    @Override
    public String toString() {
        return value;
    }
}
