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
 * The keys with which a homeserver signs at present, as it published them itself (Matrix server-server API, "Publishing
 * Keys"). Its old keys are not among them: nothing new may be signed with those.
 *
 * @param validUntil when they must have been asked for again
 */
public record PublishedKeys(Map<KeyId, VerifyKey> keys, Instant validUntil) {
    /** No keys are believed for longer than this, whatever their server says. */
    public static final Duration LONGEST_VALIDITY = Duration.ofDays(7);

    private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

    /** How many keys we are ready to check; homeservers have one or two. */
    private static final int MOST_KEYS = 32;

    /** Keeps its own copy of the map. */
    public PublishedKeys {
        keys = Map.copyOf(keys);
    }

    /**
     * The keys in a homeserver's answer, each of which has signed the answer.
     *
     * @throws UntrustedKeysException when the answer is another server's, no longer valid, not signed by each of the
     *     keys in it, or nonsense
     */
    public static PublishedKeys check(ServerName server, JsonObject answer, Instant now) throws UntrustedKeysException {
        require(server.value().equals(text(answer, "server_name")), "they are another server's");
        Instant validUntil = validUntil(answer, now);
        JsonObject listed = object(answer, "verify_keys");
        require(listed.size() <= MOST_KEYS, "they are too many");
        byte[] signed = signedPart(answer);
        JsonObject signatures = object(object(answer, "signatures"), server.value());
        Map<KeyId, VerifyKey> keys = new HashMap<>();
        for (String id : listed.keySet()) {
            if (KeyId.isValid(id)) {
                VerifyKey key = verifyKey(object(listed, id));
                require(key.verifies(signed, text(signatures, id)), "one of them did not sign them");
                keys.put(new KeyId(id), key);
            }
        }
        require(!keys.isEmpty(), "there are none");
        return new PublishedKeys(keys, validUntil);
    }

    private static Instant validUntil(JsonObject answer, Instant now) throws UntrustedKeysException {
        long millis = answer.get("valid_until_ts") instanceof JsonNumber number ? number.longValue() : 0;
        require(millis > now.toEpochMilli(), "they are not valid any more");
        Instant latest = now.plus(LONGEST_VALIDITY);
        return millis < latest.toEpochMilli() ? Instant.ofEpochMilli(millis) : latest;
    }

    private static byte[] signedPart(JsonObject answer) throws UntrustedKeysException {
        JsonObject signed = BUILDERS.createObjectBuilder(answer)
                .remove("signatures")
                .remove("unsigned")
                .build();
        try {
            return CanonicalJson.bytes(signed);
        } catch (IllegalArgumentException noCanonicalForm) {
            throw new UntrustedKeysException("what they signed has no canonical form");
        }
    }

    private static VerifyKey verifyKey(JsonObject entry) throws UntrustedKeysException {
        try {
            return new VerifyKey(text(entry, "key"));
        } catch (IllegalArgumentException noKey) {
            throw new UntrustedKeysException("one of them is no key");
        }
    }

    private static JsonObject object(JsonObject parent, String name) throws UntrustedKeysException {
        if (parent.get(name) instanceof JsonObject child) {
            return child;
        }
        throw new UntrustedKeysException("there is no object where one must be");
    }

    /** An empty text where there is none: it is no name, no key and no signature. */
    private static String text(JsonObject parent, String name) {
        return parent.get(name) instanceof JsonString string ? string.getString() : "";
    }

    private static void require(boolean held, String reason) throws UntrustedKeysException {
        if (!held) {
            throw new UntrustedKeysException(reason);
        }
    }
}
