package io.mediakeep.app;

import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.RawConnection;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The header {@code X-Request-Id}, in requests, responses, errors and the log. */
class RequestIdOverHttpTest {
    private static final String HEADER = "X-Request-Id";

    private ServerInProcess server;
    private Client alice;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        server = new ServerInProcess(directory, Map.of());
        alice = new Client(server.url(), TestConfig.ALICE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyKindOfResponseHasTheIdOfTheClient() throws Exception {
        String mxc = alice.mxc(new byte[] {1, 2, 3});
        for (String path : List.of(
                Client.download(mxc),
                Client.download(mxc) + "x",
                Client.thumbnail(mxc, "width=32&height=32"),
                "/_matrix/media/v3/config",
                "/_mediakeep/health/ready",
                "/nothing")) {
            for (String method : List.of("GET", "HEAD", "OPTIONS", "DELETE")) {
                HttpResponse<byte[]> response = alice.send(
                        alice.request(path).header(HEADER, "from-1.2_3").method(method, BodyPublishers.noBody()));
                assertThat(response.headers().allValues(HEADER))
                        .as(method + " " + path)
                        .containsExactly("from-1.2_3");
            }
        }
    }

    @Test
    void aRequestWithoutOneHasAnIdOfItsOwn() throws Exception {
        String first = id(alice.get("/_matrix/media/v3/config"));
        assertThat(first).matches("[0-9a-f]{16}-[0-9]+");
        assertThat(id(alice.get("/_matrix/media/v3/config"))).isNotEqualTo(first);
        String invalid = id(alice.send(alice.request("/nothing").header(HEADER, "a b")));
        assertThat(invalid).matches("[0-9a-f]{16}-[0-9]+");
    }

    /** These do not reach the API. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /%zz HTTP/1.1", "GET / HTTP/3.7", "GET /a b HTTP/1.1", "FIRST\u0001 / HTTP/1.1"})
    void responsesToInvalidRequestsHaveAnId(String line) throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send(line + "\r\nHost: localhost\r\n\r\n");
            assertThat(connection.head()).containsIgnoringCase(HEADER + ": ");
        }
    }

    @Test
    void anErrorOfTheServerNamesIt() throws Exception {
        server.closeAssembly();
        HttpResponse<byte[]> failed = alice.send(
                alice.request(Client.download("mxc://example.org/abc")).header(HEADER, "from-17"));
        assertThat(failed.statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(json(failed).getString("error")).contains("from-17");
    }

    @Test
    void whatIsLoggedDuringARequestHasItAsAField() throws Exception {
        List<String> fields = new CopyOnWriteArrayList<>();
        Logger uploads = (Logger) LoggerFactory.getLogger("io.mediakeep.media.upload.Uploads");
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                fields.add(String.valueOf(event.getMDCPropertyMap().get("request")));
            }
        };
        appender.start();
        uploads.addAppender(appender);
        try {
            HttpResponse<byte[]> stored = alice.send(alice.request("/_matrix/media/v3/upload")
                    .header(HEADER, "from-18")
                    .POST(BodyPublishers.ofByteArray(new byte[1 << 20])));
            assertThat(stored.statusCode()).isEqualTo(200);
            assertThat(fields).containsExactly("from-18");
        } finally {
            uploads.detachAppender(appender);
        }
    }

    private static String id(HttpResponse<byte[]> response) {
        return response.headers().firstValue(HEADER).orElse("none");
    }
}
