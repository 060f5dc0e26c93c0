package io.mediakeep.federation.signing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;

/** The key with which our homeserver signs, and so do we. It does not print itself. */
public final class SigningKey {
    private final KeyId id;
    private final PrivateKey key;

    /** A key of a seed of 32 bytes; another length is refused with {@link IllegalArgumentException}. */
    SigningKey(KeyId id, byte[] seed) {
        this.id = id;
        this.key = Ed25519.privateKey(seed);
    }

    /**
     * The key in a homeserver's key file, the first if there are several: lines {@code ed25519 version seed} as Synapse
     * writes them, or PEM blocks as Dendrite and matrix-media-repo do. Warns when others than its owner may read it.
     *
     * @throws IOException when the file cannot be read, or holds anything but such keys
     */
    public static SigningKey readFrom(Path file) throws IOException {
        return KeyFile.read(file).get(0);
    }

    /** The name under which the homeserver publishes the key. */
    public KeyId id() {
        return id;
    }

    /** The header that proves that a request is the origin's. */
    public XMatrix sign(SignableRequest request) {
        return XMatrix.of(request, id, signature(request.bytes()));
    }

    /** The signature of the bytes, in unpadded Base64. */
    String signature(byte[] message) {
        return UnpaddedBase64.encode(Ed25519.sign(key, message));
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
