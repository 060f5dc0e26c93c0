package io.mediakeep.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.RawConnection;
import io.mediakeep.testing.TestConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who sends a whole body before it reads still gets the answer that refuses it (RFC 9112, section 9.6). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedBodyTest {
    private static final String UPLOAD = "POST /_matrix/media/v3/upload HTTP/1.1\r\nHost: localhost\r\n";
    private static final String ALICE = "Authorization: Bearer " + TestConfig.ALICE + "\r\n";
    private static final String NEXT =
            "GET /_matrix/media/v3/config HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + ALICE + "\r\n";
    private static final byte[] MEBIBYTE = new byte[1 << 20];
    private static final int SIZE = 20;
    private static final int LIMIT = 10;
    private static final int ROUNDS = 15;

    private ServerInProcess server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        server = new ServerInProcess(folder, Map.of("MEDIAKEEP_UPLOADS_MAX_SIZE", LIMIT + "MiB"));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                Arguments.of(401, UPLOAD),
                Arguments.of(401, UPLOAD + "Authorization: Bearer nonsense\r\n"),
                Arguments.of(403, UPLOAD + "Authorization: Bearer " + TestConfig.GUEST + "\r\n"),
                Arguments.of(413, UPLOAD + ALICE),
                Arguments.of(415, UPLOAD + ALICE + "Content-Encoding: gzip\r\n"),
                Arguments.of(404, UPLOAD.replace("/upload", "/upload/x") + ALICE),
                Arguments.of(404, UPLOAD.replace("POST", "PUT").replace("/upload", "/upload/example.org/x") + ALICE),
                Arguments.of(405, UPLOAD.replace("POST", "DELETE") + ALICE),
                Arguments.of(200, UPLOAD.replace("POST", "GET").replace("upload", "config") + ALICE));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void whoeverWritesBeforeItReadsGetsTheAnswer(int status, String head) throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.say(head + "Content-Length: " + (long) SIZE * MEBIBYTE.length + "\r\n\r\n");
            for (int i = 0; i < SIZE; i++) {
                connection.say(MEBIBYTE);
            }
            assertThat(connection.status()).isEqualTo(status);
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void andWithChunksToo(int status, String head) throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.say(head + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < SIZE; i++) {
                connection.say("100000\r\n").say(MEBIBYTE).say("\r\n");
            }
            connection.say("0\r\n\r\n");
            assertThat(connection.status()).isEqualTo(status);
        }
    }

    @RepeatedTest(ROUNDS)
    void neverOnceIsItLost() throws Exception {
        whoeverWritesBeforeItReadsGetsTheAnswer(413, UPLOAD + ALICE);
    }

    @Test
    void whenTheBodyEndsTheConnectionIsUsedAgain() throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection
                    .say(UPLOAD + "Content-Length: " + MEBIBYTE.length + "\r\n\r\n")
                    .say(MEBIBYTE)
                    .say(NEXT);
            String answers = connection.rest();
            assertThat(answers).startsWith("HTTP/1.1 401 ").contains("HTTP/1.1 200 ");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void whoAsksBeforehandIsNotAskedForTheBody(int status, String head) throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.say(
                    head + "Expect: 100-continue\r\nContent-Length: " + (long) SIZE * MEBIBYTE.length + "\r\n\r\n");
            assertThat(connection.rest()).startsWith("HTTP/1.1 " + status).containsIgnoringCase("Connection: close");
        }
    }

    @Test
    void whoMayUploadIsAskedForTheBody() throws Exception {
        try (RawConnection connection = new RawConnection(server.url())) {
            connection.say(UPLOAD + ALICE + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
            assertThat(connection.status()).isEqualTo(100);
            connection.say("hello".getBytes(StandardCharsets.US_ASCII));
            assertThat(connection.status()).isEqualTo(200);
        }
    }
}
