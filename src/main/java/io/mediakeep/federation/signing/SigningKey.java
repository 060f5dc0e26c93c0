package io.mediakeep.federation.signing;

import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;

/** The signing key of the homeserver. Its text form does not contain the key. */
public final class SigningKey {
    private final KeyId id;
    private final PrivateKey key;

    /** A key of a seed of 32 bytes; rejects another length with {@link IllegalArgumentException}. */
    SigningKey(KeyId id, byte[] seed) {
        this.id = id;
        this.key = Ed25519.privateKey(seed);
    }

    /**
     * Reads a homeserver's key file; of several keys the first is used: lines {@code ed25519 version seed} as Synapse
     * writes them, or PEM blocks as Dendrite and matrix-media-repo do. Logs a warning when other users have access.
     *
     * @throws IOException when the file cannot be read, or contains anything but such keys
     */
    public static SigningKey readFrom(Path file) throws IOException {
        return KeyFile.read(file).get(0);
    }

    /** The id under which the homeserver publishes the key. */
    public KeyId id() {
        return id;
    }

    /** The header that authenticates a request. */
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
