package io.mediakeep.federation.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.matrix.ServerName;
import io.mediakeep.testing.TestKey;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedKeysTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));
    private static final String SERVER = "origin.example";

    private final TestKey key = new TestKey("ed25519:a_1");
    private final TestKey other = new TestKey("ed25519:b");

    @Test
    void keysThatAllSignAreAccepted() throws IOException {
        PublishedKeys published = check(TestKey.published(SERVER, TOMORROW, List.of(key, other)));
        assertThat(published.keys()).containsOnlyKeys(new KeyId(key.id()), new KeyId(other.id()));
        assertThat(published.validUntil()).isEqualTo(TOMORROW);
    }

    @Test
    void theUnsignedObjectIsIgnored() throws IOException {
        JsonObject response = Json.createObjectBuilder(TestKey.published(SERVER, TOMORROW, List.of(key)))
                .add("unsigned", Json.createObjectBuilder().add("age", 1))
                .build();
        assertThat(check(response).keys()).hasSize(1);
    }

    @Test
    void validityIsLimitedToSevenDays() throws IOException {
        PublishedKeys published = check(TestKey.published(SERVER, NOW.plus(Duration.ofDays(3650)), List.of(key)));
        assertThat(published.validUntil()).isEqualTo(NOW.plus(Duration.ofDays(7)));
    }

    @Test
    void keysOfOtherAlgorithmsAreIgnored() throws IOException {
        JsonObject keys = TestKey.unsigned(SERVER, TOMORROW, List.of(key)).build();
        JsonObject listed = Json.createObjectBuilder(keys.getJsonObject("verify_keys"))
                .add("future:1", Json.createObjectBuilder().add("key", "x"))
                .build();
        JsonObject response = TestKey.signed(SERVER, with(keys, "verify_keys", listed), List.of(key));
        assertThat(check(response).keys()).containsOnlyKeys(new KeyId(key.id()));
    }

    @Test
    void oldKeysAreIgnored() throws IOException {
        JsonObject old = Json.createObjectBuilder()
                .add(
                        other.id(),
                        Json.createObjectBuilder().add("key", other.publicKey()).add("expired_ts", 1))
                .build();
        JsonObject keys = with(TestKey.unsigned(SERVER, TOMORROW, List.of(key)).build(), "old_verify_keys", old);
        assertThat(check(TestKey.signed(SERVER, keys, List.of(key, other))).keys())
                .containsOnlyKeys(new KeyId(key.id()));
    }

    @Test
    void anotherServersKeysAreRejected() {
        assertRejected(TestKey.published("evil.example", TOMORROW, List.of(key)), "names another server");
        assertRejected(
                TestKey.signed(
                        "evil.example",
                        TestKey.unsigned(SERVER, TOMORROW, List.of(key)).build(),
                        List.of(key)),
                "lacks a JSON object");
    }

    @Test
    void expiredKeysAreRejected() {
        assertRejected(TestKey.published(SERVER, NOW, List.of(key)), "have expired");
        assertRejected(TestKey.published(SERVER, NOW.minusSeconds(1), List.of(key)), "have expired");
    }

    @Test
    void aKeyThatDoesNotSignIsRejected() {
        JsonObject both =
                TestKey.unsigned(SERVER, TOMORROW, List.of(key, other)).build();
        assertRejected(TestKey.signed(SERVER, both, List.of(key)), "is not signed");
        assertRejected(both, "lacks a JSON object");
    }

    @Test
    void modifiedKeysAreRejected() {
        JsonObject response = TestKey.published(SERVER, TOMORROW, List.of(key));
        assertRejected(
                with(response, "valid_until_ts", Json.createValue(TOMORROW.toEpochMilli() + 1)), "is not signed");
        assertRejected(with(response, "more", JsonValue.TRUE), "is not signed");
        JsonObject swapped = Json.createObjectBuilder()
                .add(key.id(), Json.createObjectBuilder().add("key", other.publicKey()))
                .build();
        assertRejected(with(response, "verify_keys", swapped), "is not signed");
    }

    @Test
    void noKeysAndTooManyAreRejected() {
        assertRejected(TestKey.published(SERVER, TOMORROW, List.of()), "has no keys");
        List<TestKey> many = IntStream.range(0, 33)
                .mapToObj(index -> new TestKey("ed25519:" + index))
                .toList();
        assertRejected(TestKey.published(SERVER, TOMORROW, many), "too many");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'server_name':'origin.example'}",
                "{'server_name':7,'valid_until_ts':99999999999999}",
                "{'server_name':'origin.example','valid_until_ts':'99999999999999'}",
                "{'server_name':'origin.example','valid_until_ts':99999999999999,'verify_keys':[]}",
                "{'server_name':'origin.example','valid_until_ts':99999999999999,'verify_keys':{},'signatures':[]}",
                "{'server_name':'origin.example','valid_until_ts':99999999999999,'verify_keys':{'ed25519:a':7},"
                        + "'signatures':{'origin.example':{}}}",
                "{'server_name':'origin.example','valid_until_ts':99999999999999,'verify_keys':{'ed25519:a':{'key':'x'}},"
                        + "'signatures':{'origin.example':{}}}",
                "{'server_name':'origin.example','valid_until_ts':99999999999999,'verify_keys':{},"
                        + "'signatures':{'origin.example':{}},'fraction':1.5}",
                "{'server_name':'origin.example','valid_until_ts':1e999999999}",
                "{'server_name':'origin.example','valid_until_ts':1e400,'verify_keys':{},'signatures':{}}",
            })
    void invalidResponsesAreRejected(String response) {
        JsonObject parsed =
                Json.createReader(new StringReader(response.replace('\'', '"'))).readObject();
        assertThatThrownBy(() -> check(parsed)).isInstanceOf(UntrustedKeysException.class);
    }

    private void assertRejected(JsonObject response, String reason) {
        assertThatThrownBy(() -> check(response))
                .isInstanceOf(UntrustedKeysException.class)
                .hasMessageContaining(reason);
    }

    private static PublishedKeys check(JsonObject response) throws UntrustedKeysException {
        return PublishedKeys.check(new ServerName(SERVER), response, NOW);
    }

    private static JsonObject with(JsonObject object, String name, JsonValue value) {
        return Json.createObjectBuilder(object).add(name, value).build();
    }
}
