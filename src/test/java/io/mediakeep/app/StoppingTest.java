package io.mediakeep.app;

import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.Neighbourhood;
import io.mediakeep.testing.RawConnection;
import io.mediakeep.testing.RemoteHomeserver;
import io.mediakeep.testing.TestConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of those who still wait when the server stops. */
class StoppingTest {
    private static final int LENGTH = 100_000;

    @Test
    void theServerStopsAndTheirAnswersAreBroken(@TempDir Path folder) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (Neighbourhood neighbourhood = new Neighbourhood(folder);
                RemoteHomeserver origin = new RemoteHomeserver(
                        neighbourhood.address(), 0, neighbourhood.certificates().server(neighbourhood.address()))) {
            origin.answers("/_matrix/media/v3/download/" + origin.name() + "/slow", exchange -> {
                exchange.sendResponseHeaders(200, LENGTH);
                exchange.getResponseBody().write(new byte[LENGTH / 2]);
                exchange.getResponseBody().flush();
                try {
                    never.await();
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
            });
            ServerInProcess server = new ServerInProcess(folder, neighbourhood.variables());
            try (RawConnection reader = new RawConnection(server.url())) {
                reader.say(
                        "GET " + Client.legacyDownload(origin.mxc("slow")) + " HTTP/1.1\r\nHost: example.org\r\n\r\n");
                assertThat(reader.status()).isEqualTo(200);
                server.close();
                assertThat(reader.untilItBreaks()).isLessThan(LENGTH);
            }
        }
    }

    @Test
    void whoWaitsForAnUploadIsToldThatItHasNotCome(@TempDir Path folder) throws Exception {
        ServerInProcess server = new ServerInProcess(folder, Map.of());
        Client alice = new Client(server.url(), TestConfig.ALICE);
        String mxc = json(alice.post("/_matrix/media/v1/create")).getString("content_uri");
        try (RawConnection reader = new RawConnection(server.url())) {
            reader.say("GET " + Client.legacyDownload(mxc)
                    + "?timeout_ms=60000 HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n");
            Eventually.holds(() -> assertThat(server.running()).isEqualTo(1));
            server.close();
            assertThat(reader.rest()).startsWith("HTTP/1.1 504 ").contains("M_NOT_YET_UPLOADED");
        }
    }
}
