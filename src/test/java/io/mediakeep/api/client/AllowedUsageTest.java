package io.mediakeep.api.client;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.limits.Limit;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rate limits, quotas, and limits of reservations. Each test has a server of its own. */
class AllowedUsageTest {
    private static final String UPLOAD = "/_matrix/media/v3/upload";
    private static final byte[] TEN_BYTES = new byte[10];

    @TempDir
    Path directory;

    @Test
    void tooManyRequestsAreRejectedWithRetryAfter() throws Exception {
        Map<String, String> once = new TreeMap<>();
        Stream.of(Limit.values()).forEach(limit -> {
            once.put("rate-limits." + limit.key() + ".burst", "1");
            once.put("rate-limits." + limit.key() + ".per-second", "0.001");
        });
        try (ServerInProcess server = new ServerInProcess(directory, once)) {
            Client alice = new Client(server.url(), TestConfig.ALICE);
            Client anonymous = alice.as("");
            String mxc = alice.mxc(TEN_BYTES);
            isTooMuch(alice.upload(TEN_BYTES, "image/png", "a"));
            String pending = json(alice.post(ResourceTest.CREATE)).getString("content_uri");
            isTooMuch(alice.post(ResourceTest.CREATE));
            isTooMuch(ResourceTest.put(alice, pending));
            assertThat(alice.get(Client.download(mxc)).statusCode()).isEqualTo(200);
            isTooMuch(alice.get(Client.download(mxc)));
            isTooMuch(alice.get(Client.download(mxc) + "/name"));
            assertThat(anonymous.get(Client.legacyDownload(mxc)).statusCode()).isEqualTo(200);
            isTooMuch(anonymous.get(Client.legacyDownload(mxc)));
            assertThat(anonymous.as(TestConfig.BOB).get(Client.download(mxc)).statusCode())
                    .isEqualTo(200);
            assertThat(anonymous
                            .get("/_matrix/federation/v1/media/download/cat")
                            .statusCode())
                    .isEqualTo(401);
            isTooMuch(anonymous.get("/_matrix/federation/v1/media/download/cat"));
            assertThat(alice.get(ResourceTest.CONFIG).statusCode()).isEqualTo(200);
            assertThat(ResourceTest.send(alice, "HEAD", Client.download(mxc)).statusCode())
                    .isEqualTo(429);
        }
    }

    private static void isTooMuch(HttpResponse<byte[]> response) {
        assertThat(error(response)).isEqualTo("429 M_LIMIT_EXCEEDED");
        long milliseconds = json(response).getJsonNumber("retry_after_ms").longValue();
        assertThat(milliseconds).isBetween(1L, 1_000_000L);
        assertThat(ResourceTest.header(response, "Retry-After")).isEqualTo(String.valueOf(milliseconds / 1000 + 1));
        assertThat(ResourceTest.header(response, "Access-Control-Expose-Headers"))
                .contains("Retry-After");
    }

    @Test
    void aReachedQuotaRejectsUploadsOfItsUserOnly() throws Exception {
        try (ServerInProcess server =
                new ServerInProcess(directory, Map.of("quota.max-bytes", "25", "quota.max-files", "3"))) {
            Client alice = new Client(server.url(), TestConfig.ALICE);
            String pending = json(alice.post(ResourceTest.CREATE)).getString("content_uri");
            alice.mxc(TEN_BYTES);
            alice.mxc(TEN_BYTES);
            assertThat(error(alice.upload(TEN_BYTES, "image/png", "a"))).isEqualTo("403 M_FORBIDDEN");
            assertThat(error(ResourceTest.put(alice, pending))).isEqualTo("403 M_FORBIDDEN");
            alice.mxc(new byte[0]);
            assertThat(error(alice.upload(new byte[0], "image/png", "a"))).isEqualTo("403 M_FORBIDDEN");
            assertThat(alice.as(TestConfig.BOB)
                            .upload(TEN_BYTES, "image/png", "a")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void aRuleForSomeUsersReplacesTheQuotaOfAll() throws Exception {
        Map<String, String> rule = Map.of(
                "quota.max-bytes", "500",
                "quota.rules[0].users", "@alice:*",
                "quota.rules[0].max-size", "20",
                "quota.rules[0].max-files", "100, 2/30d",
                "quota.rules[0].max-bytes", "1KiB/1h");
        try (ServerInProcess server = new ServerInProcess(directory, rule)) {
            Client alice = new Client(server.url(), TestConfig.ALICE);
            Client bob = alice.as(TestConfig.BOB);
            for (String config : List.of(ResourceTest.CONFIG, "/_matrix/media/v3/config")) {
                assertThat(json(alice.get(config)).getInt("m.upload.size")).isEqualTo(20);
                assertThat(json(bob.get(config)).getInt("m.upload.size")).isEqualTo(500);
            }
            assertThat(error(alice.upload(new byte[21], "image/png", "a"))).isEqualTo("413 M_TOO_LARGE");
            assertThat(error(alice.send(alice.request(UPLOAD)
                            .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[21]))))))
                    .isEqualTo("413 M_TOO_LARGE");
            assertThat(bob.upload(new byte[21], "image/png", "a").statusCode()).isEqualTo(200);
            String pending = json(alice.post(ResourceTest.CREATE)).getString("content_uri");
            alice.mxc(TEN_BYTES);
            alice.mxc(TEN_BYTES);
            isRejectedForAMonth(alice.upload(new byte[0], "image/png", "a"));
            isRejectedForAMonth(ResourceTest.put(alice, pending));
        }
    }

    private static void isRejectedForAMonth(HttpResponse<byte[]> response) {
        assertThat(error(response)).isEqualTo("403 M_FORBIDDEN");
        assertThat(Duration.ofSeconds(Long.parseLong(ResourceTest.header(response, "Retry-After"))))
                .isBetween(Duration.ofDays(30).minusHours(1), Duration.ofDays(31));
        assertThat(Duration.ofMillis(
                        json(response).getJsonNumber("retry_after_ms").longValue()))
                .isBetween(Duration.ofDays(30).minusHours(1), Duration.ofDays(31));
    }

    @Test
    void tooManyReservationsAreRejectedUntilTheFirstExpires() throws Exception {
        Map<String, String> two = Map.of("uploads.max-pending", "2", "uploads.pending-ttl", "1h");
        try (ServerInProcess server = new ServerInProcess(directory, two)) {
            Client alice = new Client(server.url(), TestConfig.ALICE);
            String first = json(alice.post(ResourceTest.CREATE)).getString("content_uri");
            alice.post(ResourceTest.CREATE);
            HttpResponse<byte[]> response = alice.post(ResourceTest.CREATE);
            assertThat(error(response)).isEqualTo("429 M_LIMIT_EXCEEDED");
            assertThat(json(response).getJsonNumber("retry_after_ms").longValue())
                    .isBetween(3_000_000L, 3_600_000L);
            assertThat(Long.parseLong(ResourceTest.header(response, "Retry-After")))
                    .isBetween(3_000L, 3_600L);
            assertThat(alice.as(TestConfig.BOB).post(ResourceTest.CREATE).statusCode())
                    .isEqualTo(200);
            ResourceTest.put(alice, first);
            assertThat(alice.post(ResourceTest.CREATE).statusCode()).isEqualTo(200);
        }
    }
}
