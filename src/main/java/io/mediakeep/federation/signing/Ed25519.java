package io.mediakeep.federation.signing;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** Ed25519 (RFC 8032), with keys as Matrix writes them: 32 bytes each. */
final class Ed25519 {
    private static final String NAME = "Ed25519";
    private static final int KEY_BYTES = 32;

    /** The prefix of the 32 bytes of a public key in its X.509 form (RFC 8410, section 4). */
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /** The private key of a seed of 32 bytes; rejects another length with {@link IllegalArgumentException}. */
    static PrivateKey privateKey(byte[] seed) {
        requireKeyBytes(seed);
        try {
            return factory().generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
        } catch (InvalidKeySpecException impossible) {
            throw new IllegalStateException("every 32 bytes are a seed", impossible);
        }
    }

    /** The public key in 32 bytes; rejects an invalid one with {@link IllegalArgumentException}. */
    static PublicKey publicKey(byte[] bytes) {
        requireKeyBytes(bytes);
        byte[] encoded = new byte[X509_PREFIX.length + KEY_BYTES];
        System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
        System.arraycopy(bytes, 0, encoded, X509_PREFIX.length, KEY_BYTES);
        try {
            return factory().generatePublic(new X509EncodedKeySpec(encoded));
        } catch (InvalidKeySpecException noPoint) {
            throw new IllegalArgumentException("not an ed25519 key", noPoint);
        }
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("an ed25519 key signs everything", impossible);
        }
    }

    /** Whether the signature, in unpadded Base64, is valid for the message and key. */
    static boolean verifies(PublicKey key, byte[] message, String signature) {
        try {
            Signature check = Signature.getInstance(NAME);
            check.initVerify(key);
            check.update(message);
            return check.verify(UnpaddedBase64.decode(signature));
        } catch (InvalidKeyException | SignatureException | IllegalArgumentException malformed) {
            return false;
        } catch (NoSuchAlgorithmException impossible) {
            throw missing(impossible);
        }
    }

    private static KeyFactory factory() {
        try {
            return KeyFactory.getInstance(NAME);
        } catch (NoSuchAlgorithmException impossible) {
            throw missing(impossible);
        }
    }

    private static void requireKeyBytes(byte[] bytes) {
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException("an ed25519 key has 32 bytes");
        }
    }

    private static IllegalStateException missing(NoSuchAlgorithmException cause) {
        return new IllegalStateException("every Java platform since 15 has Ed25519", cause);
    }
}
