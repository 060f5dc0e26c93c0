package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.server.RawConnection;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Unauthenticated clients request a large file and do not read it, more of them than fit into the heap. As many as fit
 * are served, the others are rejected, and authenticated clients are served as always.
 */
abstract class SlowReadersContract extends SafetyContract {
    private static final int READERS = 1_400;
    private static final int REJECTED_SENDERS = 150;
    private static final Duration QUICKLY = Duration.ofSeconds(5);
    private static final byte[] LARGE = new byte[8 << 20];

    @Override
    List<String> jvmOptions() {
        return List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    }

    @Test
    void aClientThatDoesNotReadDoesNotBlockOthers() throws Exception {
        String download = Client.legacyDownload(alice.mxc(LARGE));
        List<RawConnection> readers = new ArrayList<>();
        try {
            for (int i = 0; i < READERS; i++) {
                readers.add(new RawConnection(server.url())
                        .send("GET " + download + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            }
            RawConnection late = readers.get(READERS - 1);
            assertThat(late.head()).startsWith("HTTP/1.1 503").containsIgnoringCase("\r\nRetry-After: ");
            assertThat(late.body()).contains("M_UNKNOWN");
            assertOthersServed();
        } finally {
            for (RawConnection reader : readers) {
                reader.close();
            }
        }
        assertThat(alice.as("").get(download).statusCode()).isEqualTo(200);
    }

    /** More of them than there are threads. */
    @Test
    void aRejectedSlowBodyDoesNotBlockOthers() throws Exception {
        List<RawConnection> senders = new ArrayList<>();
        try {
            for (int i = 0; i < REJECTED_SENDERS; i++) {
                senders.add(new RawConnection(server.url())
                        .send("POST /_matrix/media/v3/upload HTTP/1.1\r\nHost: localhost\r\n"
                                + "Content-Length: 1000000\r\n\r\nslow"));
            }
            for (RawConnection sender : senders) {
                assertThat(sender.status()).isEqualTo(401);
            }
            assertOthersServed();
        } finally {
            for (RawConnection sender : senders) {
                sender.close();
            }
        }
    }

    private void assertOthersServed() throws Exception {
        for (int i = 0; i < 20; i++) {
            HttpResponse<byte[]> stored = alice.send(alice.request("/_matrix/media/v3/upload")
                    .timeout(QUICKLY)
                    .POST(BodyPublishers.ofString("cat " + i)));
            String mxc = Client.json(stored).getString("content_uri");
            assertThat(alice.send(alice.request(Client.download(mxc)).timeout(QUICKLY))
                            .statusCode())
                    .isEqualTo(200);
        }
    }
}
