package io.mediakeep.federation.signing;

import io.mediakeep.matrix.ServerName;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The current keys of a homeserver, as it publishes them (Matrix server-server API, "Publishing Keys"). Old keys are
 * not included: new signatures with them are not valid.
 *
 * @param validUntil when they must be fetched again
 */
public record PublishedKeys(Map<KeyId, VerifyKey> keys, Instant validUntil) {
    /** The maximum validity of keys, whatever their server declares. */
    public static final Duration MAX_VALIDITY = Duration.ofDays(7);

    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    /** The maximum number of keys that are verified; homeservers have one or two. */
    private static final int MAX_KEYS = 32;

    /** Copies the map. */
    public PublishedKeys {
        keys = Map.copyOf(keys);
    }

    /**
     * Verifies the keys in a homeserver's response, each of which must have signed the response.
     *
     * @throws UntrustedKeysException when the response is another server's, expired, not signed by each of its keys, or
     *     malformed
     */
    public static PublishedKeys check(ServerName server, JsonObject response, Instant now)
            throws UntrustedKeysException {
        require(server.value().equals(text(response, "server_name")), "the response names another server");
        Instant validUntil = validUntil(response, now);
        JsonObject listed = object(response, "verify_keys");
        require(listed.size() <= MAX_KEYS, "the response has too many keys");
        byte[] signed = signedPart(response);
        JsonObject signatures = object(object(response, "signatures"), server.value());
        Map<KeyId, VerifyKey> keys = new HashMap<>();
        for (String id : listed.keySet()) {
            if (KeyId.isValid(id)) {
                VerifyKey key = verifyKey(object(listed, id));
                require(key.verifies(signed, text(signatures, id)), "the response is not signed by each of its keys");
                keys.put(new KeyId(id), key);
            }
        }
        require(!keys.isEmpty(), "the response has no keys");
        return new PublishedKeys(keys, validUntil);
    }

    private static Instant validUntil(JsonObject response, Instant now) throws UntrustedKeysException {
        long millis = response.get("valid_until_ts") instanceof JsonNumber number ? number.longValue() : 0;
        require(millis > now.toEpochMilli(), "the keys have expired (valid_until_ts)");
        Instant latest = now.plus(MAX_VALIDITY);
        return millis < latest.toEpochMilli() ? Instant.ofEpochMilli(millis) : latest;
    }

    private static byte[] signedPart(JsonObject response) throws UntrustedKeysException {
        JsonObject signed = BUILDERS.createObjectBuilder(response)
                .remove("signatures")
                .remove("unsigned")
                .build();
        try {
            return CanonicalJson.bytes(signed);
        } catch (IllegalArgumentException noCanonicalForm) {
            throw new UntrustedKeysException("the response has no canonical JSON form");
        }
    }

    private static VerifyKey verifyKey(JsonObject entry) throws UntrustedKeysException {
        try {
            return new VerifyKey(text(entry, "key"));
        } catch (IllegalArgumentException noKey) {
            throw new UntrustedKeysException("a key is malformed");
        }
    }

    private static JsonObject object(JsonObject parent, String name) throws UntrustedKeysException {
        if (parent.get(name) instanceof JsonObject child) {
            return child;
        }
        throw new UntrustedKeysException("the response lacks a JSON object");
    }

    /** The text of a member, or an empty one, which is no valid name, key or signature. */
    private static String text(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonString string ? string.getString() : "";
    }

    private static void require(boolean held, String reason) throws UntrustedKeysException {
        if (!held) {
            throw new UntrustedKeysException(reason);
        }
    }
}
