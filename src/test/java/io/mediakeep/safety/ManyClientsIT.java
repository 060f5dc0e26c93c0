package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.process.ServerUsage;
import io.mediakeep.testing.server.RawConnection;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that wait, send slowly or do not read their response do not block others. */
class ManyClientsIT extends SafetyContract {
    private static final Duration QUICKLY = Duration.ofSeconds(5);

    private final List<RawConnection> connections = new ArrayList<>();

    @Override
    List<String> jvmOptions() {
        return List.of("-Xmx256m", "-XX:+ExitOnOutOfMemoryError");
    }

    @AfterEach
    void closeConnections() throws Exception {
        for (RawConnection connection : connections) {
            connection.close();
        }
        connections.clear();
        assertSpoolEmpty();
    }

    @Test
    void aThousandWaitingRequestsComplete() throws Exception {
        String mxc = Client.json(alice.post("/_matrix/media/v1/create")).getString("content_uri");
        for (int i = 0; i < 1000; i++) {
            open().send(head("GET", Client.download(mxc) + "?timeout_ms=60000") + "Connection: close\r\n\r\n");
        }
        assertOthersServed();
        assertThat(alice.send(alice.request(Client.put(mxc)).PUT(BodyPublishers.ofString("a cat")))
                        .statusCode())
                .isEqualTo(200);
        for (RawConnection connection : connections) {
            assertThat(connection.rest()).startsWith("HTTP/1.1 200").endsWith("a cat");
        }
    }

    @Test
    void slowSendersDoNotBlockOthers() throws Exception {
        for (int i = 0; i < 300; i++) {
            open().send(head("POST", "/_matrix/media/v3/upload") + "Content-Length: 1000000\r\n\r\nslow");
        }
        assertOthersServed();
    }

    /** Each response would be buffered in memory if the server did not wait for the earlier ones. */
    @Test
    void aClientThatPipelinesWithoutReadingDoesNotBlockOthers() throws Exception {
        String mxc = alice.mxc(new byte[15_000]);
        String request = head("GET", Client.download(mxc)) + "\r\n";
        for (int i = 0; i < 100; i++) {
            open().send(request.repeat(200));
        }
        assertOthersServed();
        assertThat(threads()).isLessThan(200);
    }

    private long threads() throws IOException {
        return ServerUsage.of(server.process()).threads();
    }

    private RawConnection open() throws Exception {
        RawConnection connection = new RawConnection(server.url());
        connections.add(connection);
        return connection;
    }

    private void assertOthersServed() throws Exception {
        for (int i = 0; i < 20; i++) {
            String mxc = alice.send(alice.request("/_matrix/media/v3/upload")
                            .timeout(QUICKLY)
                            .POST(BodyPublishers.ofString("cat " + i)))
                    .headers()
                    .firstValue("Content-Type")
                    .orElseThrow();
            assertThat(mxc).startsWith("application/json");
            assertThat(alice.send(alice.request("/_matrix/client/v1/media/config")
                                    .timeout(QUICKLY))
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
