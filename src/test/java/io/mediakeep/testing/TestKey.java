package io.mediakeep.testing;

import io.mediakeep.federation.signing.CanonicalJson;
import io.mediakeep.federation.signing.SignableRequest;
import io.mediakeep.matrix.ServerName;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The signing key of a homeserver, and its publication. */
public final class TestKey {
    private static final int KEY_BYTES = 32;

    private final String id;
    private final KeyPair pair;

    /** A new key with an id like {@code ed25519:a_1}. */
    public TestKey(String id) {
        this.id = id;
        try {
            this.pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The key id. */
    public String id() {
        return id;
    }

    /** The private key, 32 bytes. */
    public byte[] seed() {
        return ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
    }

    /** The line of a Synapse key file. */
    public String synapseLine() {
        return id.replace(':', ' ') + " " + base64(seed()) + "\n";
    }

    /** The public key in unpadded Base64. */
    public String publicKey() {
        byte[] encoded = pair.getPublic().getEncoded();
        return base64(Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length));
    }

    /** The signature of the bytes, in unpadded Base64. */
    public String sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return base64(signature.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The {@code Authorization} header of a request without a body, signed with this key.
     *
     * @param uri path and query
     */
    public String authorization(String method, String uri, ServerName origin, ServerName destination) {
        byte[] request = SignableRequest.of(method, uri, origin, destination).bytes();
        return "X-Matrix origin=\"" + origin + "\",destination=\"" + destination + "\",key=\"" + id + "\",sig=\""
                + sign(request) + "\"";
    }

    /** The signed response of {@code /_matrix/key/v2/server} with these keys. */
    public static JsonObject published(String server, Instant validUntil, List<TestKey> keys) {
        return signed(server, unsigned(server, validUntil, keys).build(), keys);
    }

    /** The same before it is signed. */
    public static JsonObjectBuilder unsigned(String server, Instant validUntil, List<TestKey> keys) {
        JsonObjectBuilder listed = Json.createObjectBuilder();
        keys.forEach(key -> listed.add(key.id, Json.createObjectBuilder().add("key", key.publicKey())));
        return Json.createObjectBuilder()
                .add("server_name", server)
                .add("valid_until_ts", validUntil.toEpochMilli())
                .add("verify_keys", listed)
                .add("old_verify_keys", Json.createObjectBuilder());
    }

    /** The object with the server's signatures by these keys. */
    public static JsonObject signed(String server, JsonObject object, List<TestKey> keys) {
        JsonObjectBuilder signatures = Json.createObjectBuilder();
        keys.forEach(key -> signatures.add(key.id, key.sign(CanonicalJson.bytes(object))));
        return Json.createObjectBuilder(object)
                .add("signatures", Json.createObjectBuilder().add(server, signatures))
                .build();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().withoutPadding().encodeToString(bytes);
    }
}
