package io.mediakeep.api.client;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.limits.Limit;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rate limits, quotas, and limits of reservations. Each test has a server of its own. */
class AllowedUsageTest {
    private static final byte[] TEN_BYTES = new byte[10];

    @TempDir
    Path folder;

    @Test
    void tooManyRequestsAreRejectedWithRetryAfter() throws Exception {
        Map<String, String> once = new TreeMap<>();
        Stream.of(Limit.values()).forEach(limit -> {
            once.put("rate-limits." + limit.key() + ".burst", "1");
            once.put("rate-limits." + limit.key() + ".per-second", "0.001");
        });
        try (ServerInProcess server = new ServerInProcess(folder, once)) {
            Client alice = new Client(server.url(), TestConfig.ALICE);
            Client nobody = alice.as("");
            String mxc = alice.mxc(TEN_BYTES);
            isTooMuch(alice.upload(TEN_BYTES, "image/png", "a"));
            String pending = json(alice.post(ResourceTest.CREATE)).getString("content_uri");
            isTooMuch(alice.post(ResourceTest.CREATE));
            isTooMuch(ResourceTest.put(alice, pending));
            assertThat(alice.get(Client.download(mxc)).statusCode()).isEqualTo(200);
            isTooMuch(alice.get(Client.download(mxc)));
            isTooMuch(alice.get(Client.download(mxc) + "/name"));
            assertThat(nobody.get(Client.legacyDownload(mxc)).statusCode()).isEqualTo(200);
            isTooMuch(nobody.get(Client.legacyDownload(mxc)));
            assertThat(nobody.as(TestConfig.BOB).get(Client.download(mxc)).statusCode())
                    .isEqualTo(200);
            assertThat(nobody.get("/_matrix/federation/v1/media/download/cat").statusCode())
                    .isEqualTo(401);
            isTooMuch(nobody.get("/_matrix/federation/v1/media/download/cat"));
            assertThat(alice.get(ResourceTest.CONFIG).statusCode()).isEqualTo(200);
            assertThat(ResourceTest.ask(alice, "HEAD", Client.download(mxc)).statusCode())
                    .isEqualTo(429);
        }
    }

    private static void isTooMuch(HttpResponse<byte[]> answer) {
        assertThat(error(answer)).isEqualTo("429 M_LIMIT_EXCEEDED");
        long milliseconds = json(answer).getJsonNumber("retry_after_ms").longValue();
        assertThat(milliseconds).isBetween(1L, 1_000_000L);
        assertThat(ResourceTest.header(answer, "Retry-After")).isEqualTo(String.valueOf(milliseconds / 1000 + 1));
        assertThat(ResourceTest.header(answer, "Access-Control-Expose-Headers")).contains("Retry-After");
    }

    @Test
    void aReachedQuotaRejectsUploadsOfItsUserOnly() throws Exception {
        try (ServerInProcess server =
                new ServerInProcess(folder, Map.of("quota.max-bytes", "25", "quota.max-files", "3"))) {
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
    void tooManyReservationsAreRejectedUntilTheFirstExpires() throws Exception {
        Map<String, String> two = Map.of("uploads.max-pending", "2", "uploads.pending-ttl", "1h");
        try (ServerInProcess server = new ServerInProcess(folder, two)) {
            Client alice = new Client(server.url(), TestConfig.ALICE);
            String first = json(alice.post(ResourceTest.CREATE)).getString("content_uri");
            alice.post(ResourceTest.CREATE);
            HttpResponse<byte[]> answer = alice.post(ResourceTest.CREATE);
            assertThat(error(answer)).isEqualTo("429 M_LIMIT_EXCEEDED");
            assertThat(json(answer).getJsonNumber("retry_after_ms").longValue()).isBetween(3_000_000L, 3_600_000L);
            assertThat(Long.parseLong(ResourceTest.header(answer, "Retry-After")))
                    .isBetween(3_000L, 3_600L);
            assertThat(alice.as(TestConfig.BOB).post(ResourceTest.CREATE).statusCode())
                    .isEqualTo(200);
            ResourceTest.put(alice, first);
            assertThat(alice.post(ResourceTest.CREATE).statusCode()).isEqualTo(200);
        }
    }
}
