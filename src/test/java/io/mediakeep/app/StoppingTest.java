package io.mediakeep.app;

import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.RawConnection;
import io.mediakeep.testing.server.RemoteHomeserver;
import io.mediakeep.testing.server.TestFederation;
import java.net.ConnectException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests in progress when the server stops. */
class StoppingTest {
    private static final int LENGTH = 100_000;
    private static final long LARGEST = 100 << 20; // the default of uploads.max-size
    private static final String GRACE = "shutdown.grace";
    private static final String CONFIG = "GET /_matrix/media/v3/config HTTP/1.1\r\nHost: example.org\r\n"
            + "Authorization: Bearer " + TestConfig.ALICE + "\r\n\r\n";
    private static final Map<String, String> LONG = Map.of(GRACE, "60s"), SHORT = Map.of(GRACE, "100ms");

    @Test
    void afterTheGracePeriodResponsesAreTruncated(@TempDir Path directory) throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        try (TestFederation federation = new TestFederation(directory);
                RemoteHomeserver origin = new RemoteHomeserver(
                        federation.address(), 0, federation.certificates().server(federation.address()))) {
            origin.respond("/_matrix/media/v3/download/" + origin.name() + "/slow", exchange -> {
                exchange.sendResponseHeaders(200, LENGTH);
                exchange.getResponseBody().write(new byte[LENGTH / 2]);
                exchange.getResponseBody().flush();
                try {
                    never.await();
                } catch (InterruptedException closed) {
                    Thread.currentThread().interrupt();
                }
            });
            Map<String, String> settings = new HashMap<>(federation.settings());
            settings.putAll(SHORT);
            ServerInProcess server = new ServerInProcess(directory, settings);
            try (RawConnection reader = new RawConnection(server.url())) {
                reader.send(
                        "GET " + Client.legacyDownload(origin.mxc("slow")) + " HTTP/1.1\r\nHost: example.org\r\n\r\n");
                assertThat(reader.status()).isEqualTo(200);
                server.close();
                assertThat(reader.countToEnd()).isLessThan(LENGTH);
            }
        }
    }

    @Test
    void aRequestWaitingForAnUploadGetsNotYetUploaded(@TempDir Path directory) throws Exception {
        ServerInProcess server = new ServerInProcess(directory, SHORT);
        String mxc = reserve(new Client(server.url(), TestConfig.ALICE));
        try (RawConnection reader = waiting(server, mxc)) {
            server.close();
            assertThat(reader.rest()).startsWith("HTTP/1.1 504 ").contains("M_NOT_YET_UPLOADED");
        }
    }

    @Test
    void waitingRequestsAndFetchesComplete(@TempDir Path directory) throws Exception {
        ServerInProcess server = new ServerInProcess(directory, LONG);
        String mxc = reserve(new Client(server.url(), TestConfig.ALICE));
        CompletableFuture<Void> stopped;
        try (RawConnection reader = waiting(server, mxc);
                RawConnection uploader = new RawConnection(server.url())) {
            uploader.send("PUT " + Client.put(mxc) + " HTTP/1.1\r\nHost: example.org\r\nAuthorization: Bearer "
                    + TestConfig.ALICE + "\r\nContent-Length: 10\r\n\r\n01234");
            Eventually.holds(() -> assertThat(server.running()).isEqualTo(2));
            stopped = beginStop(server);
            uploader.send("56789");
            assertThat(uploader.head()).startsWith("HTTP/1.1 200 ").containsIgnoringCase("Connection: close");
            assertThat(reader.rest()).startsWith("HTTP/1.1 200 ").endsWith("0123456789");
        }
        stopped.get(1, TimeUnit.MINUTES);
    }

    @Test
    void aLargeUploadOfASlowClientCompletes(@TempDir Path directory) throws Exception {
        ServerInProcess server = new ServerInProcess(directory, Map.of());
        CompletableFuture<Void> stopped;
        String response;
        try (RawConnection uploader = new RawConnection(server.url())) {
            uploader.send("POST /_matrix/media/v3/upload HTTP/1.1\r\nHost: example.org\r\nAuthorization: Bearer "
                    + TestConfig.ALICE + "\r\nContent-Length: " + LARGEST + "\r\n\r\n");
            sendHalfOfALargeUpload(uploader);
            stopped = beginStop(server);
            sendHalfOfALargeUpload(uploader);
            response = uploader.rest();
            assertThat(response).startsWith("HTTP/1.1 200 ");
        }
        stopped.get(1, TimeUnit.MINUTES);
        try (ServerInProcess next = new ServerInProcess(directory, Map.of())) {
            Client client = new Client(next.url(), TestConfig.ALICE);
            String download = Client.download(response.replaceFirst("(?s).*(mxc://[^\"]+).*", "$1"));
            HttpResponse<byte[]> stored = client.send(client.request(download).method("HEAD", BodyPublishers.noBody()));
            assertThat(stored.headers().firstValueAsLong("Content-Length")).hasValue(LARGEST);
        }
    }

    private static void sendHalfOfALargeUpload(RawConnection uploader) throws Exception {
        byte[] mebibyte = new byte[1 << 20];
        for (long sent = 0; sent < LARGEST / 2; sent += mebibyte.length) {
            uploader.send(mebibyte);
        }
    }

    @Test
    void aRequestWhoseHeadersHaveBegunGetsAResponse(@TempDir Path directory) throws Exception {
        ServerInProcess server = new ServerInProcess(directory, LONG);
        CompletableFuture<Void> stopped;
        try (RawConnection running = new RawConnection(server.url())) {
            running.send(CONFIG.substring(0, 20));
            stopped = beginStop(server);
            assertThat(running.send(CONFIG.substring(20)).rest()).startsWith("HTTP/1.1 200 ");
        }
        stopped.get(1, TimeUnit.MINUTES);
    }

    @Test
    void duringTheDelayNewConnectionsAreServedOnce(@TempDir Path directory) throws Exception {
        ServerInProcess server = new ServerInProcess(directory, Map.of("shutdown.drain-delay", "1h"));
        Thread stopping = new Thread(server::close);
        stopping.start();
        Eventually.holds(() -> {
            try (RawConnection late = new RawConnection(server.url())) {
                assertThat(late.send(CONFIG).head())
                        .startsWith("HTTP/1.1 200 ")
                        .containsIgnoringCase("Connection: close");
            }
        });
        stopping.interrupt();
        stopping.join();
    }

    /** A stop in progress: new connections are rejected. */
    private static CompletableFuture<Void> beginStop(ServerInProcess server) throws Exception {
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
        Eventually.holds(
                () -> assertThatThrownBy(() -> new RawConnection(server.url())).isInstanceOf(ConnectException.class));
        return stopped;
    }

    private static String reserve(Client client) throws Exception {
        return json(client.post("/_matrix/media/v1/create")).getString("content_uri");
    }

    private static RawConnection waiting(ServerInProcess server, String mxc) throws Exception {
        RawConnection reader = new RawConnection(server.url());
        reader.send("GET " + Client.legacyDownload(mxc)
                + "?timeout_ms=60000 HTTP/1.1\r\nHost: example.org\r\nConnection: close\r\n\r\n");
        Eventually.holds(() -> assertThat(server.running()).isEqualTo(1));
        return reader;
    }
}
