package io.mediakeep.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.RawConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client that sends its whole body before it reads still receives the response that rejects it (RFC 9112, section
 * 9.6).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RejectedBodyTest {
    private static final String UPLOAD = "POST /_matrix/media/v3/upload HTTP/1.1\r\nHost: localhost\r\n";
    private static final String ALICE = "Authorization: Bearer " + TestConfig.ALICE + "\r\n";
    private static final String NEXT =
            "GET /_matrix/media/v3/config HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + ALICE + "\r\n";
    private static final byte[] MEBIBYTE = new byte[1 << 20];
    private static final int ALLOWED = 60, TOO_LARGE = 101, TOO_LARGE_IN_CHUNKS = 110;

    /** The number of rounds: a response that is lost now and then is detected with a hundred. */
    private static final int ROUNDS = Integer.getInteger("mediakeep.rejected.rounds", 1);

    private ServerInProcess server;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        server = new ServerInProcess(
                directory,
                Map.of(
                        "rate-limits.create.burst", "1",
                        "rate-limits.create.per-second", "0.0001"));
        new Client(server.url(), TestConfig.ALICE)
                .post("/_matrix/media/v1/create"); // the only one that the rate limit permits
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<Arguments> rejections() {
        return Stream.of(
                Arguments.of(401, UPLOAD, ALLOWED),
                Arguments.of(401, UPLOAD + "Authorization: Bearer nonsense\r\n", ALLOWED),
                Arguments.of(403, UPLOAD + "Authorization: Bearer " + TestConfig.GUEST + "\r\n", ALLOWED),
                Arguments.of(413, UPLOAD + ALICE, TOO_LARGE),
                Arguments.of(415, UPLOAD + ALICE + "Content-Encoding: gzip\r\n", ALLOWED),
                Arguments.of(404, UPLOAD.replace("/upload", "/upload/x") + ALICE, ALLOWED),
                Arguments.of(
                        404,
                        UPLOAD.replace("POST", "PUT").replace("/upload", "/upload/example.org/x") + ALICE,
                        ALLOWED),
                Arguments.of(429, UPLOAD.replace("v3/upload", "v1/create") + ALICE, ALLOWED),
                Arguments.of(405, UPLOAD.replace("POST", "DELETE") + ALICE, ALLOWED),
                Arguments.of(200, UPLOAD.replace("POST", "GET").replace("upload", "config") + ALICE, ALLOWED));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rejections")
    void aClientThatSendsTheWholeBodyFirstGetsTheResponse(int status, String head, int mebibytes) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            try (RawConnection connection = new RawConnection(server.url())) {
                connection.send(head + "Content-Length: " + (long) mebibytes * MEBIBYTE.length + "\r\n\r\n");
                for (int i = 0; i < mebibytes; i++) {
                    connection.send(MEBIBYTE);
                }
                assertThat(connection.status()).isEqualTo(status);
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rejections")
    void aClientThatSendsAllChunksFirstGetsTheResponse(int status, String head, int mebibytes) throws Exception {
        int chunks = mebibytes == TOO_LARGE ? TOO_LARGE_IN_CHUNKS : mebibytes;
        for (int round = 0; round < ROUNDS; round++) {
            try (RawConnection connection = new RawConnection(server.url())) {
                connection.send(head + "Transfer-Encoding: chunked\r\n\r\n");
                for (int i = 0; i < chunks; i++) {
                    connection.send("100000\r\n").send(MEBIBYTE).send("\r\n");
                }
                connection.send("0\r\n\r\n");
                assertThat(connection.status()).isEqualTo(status);
            }
        }
    }

    @Test
    void theConnectionIsReusedAfterTheBody() throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection
                    .send(UPLOAD + "Content-Length: " + MEBIBYTE.length + "\r\n\r\n")
                    .send(MEBIBYTE)
                    .send(NEXT);
            String responses = connection.rest();
            assertThat(responses).startsWith("HTTP/1.1 401 ").contains("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rejections")
    void aRejectedExpect100ContinueGetsTheFinalResponse(int status, String head, int mebibytes) throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            long length = (long) mebibytes * MEBIBYTE.length;
            connection.send(head + "Expect: 100-continue\r\nContent-Length: " + length + "\r\n\r\n");
            assertThat(connection.rest()).startsWith("HTTP/1.1 " + status).containsIgnoringCase("Connection: close");
        }
    }

    @Test
    void anAcceptedUploadReceives100Continue() throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.send(UPLOAD + ALICE + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(connection.status()).isEqualTo(100);
            connection.send("hello".getBytes(StandardCharsets.US_ASCII));
            assertThat(connection.status()).isEqualTo(200);
        }
    }
}
