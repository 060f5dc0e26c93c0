package io.mediakeep.app.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.H2Database;
import io.mediakeep.testing.LogCapture;
import io.mediakeep.testing.StoredData;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestKey;
import io.mediakeep.testing.server.RawServer;
import io.mediakeep.testing.server.RawServer.Connection;
import io.mediakeep.testing.server.RawServer.Script;
import io.mediakeep.testing.server.TestFederation;
import jakarta.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A complete server that fetches from hostile homeservers. Whatever they do, it serves local media, and logs no
 * internal error.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class OriginFixture {
    static final String OK = "HTTP/1.1 200 OK\r\n";
    static final String MULTIPART = "Content-Type: multipart/mixed; boundary=b\r\n";
    static final String JSON_PART = "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n";

    /** The result of a response that is truncated or missing. */
    static final String BREAKS_OFF = "breaks off";

    TestFederation federation;
    SSLContext tls;
    Client alice;
    DatabaseSettings database;

    private final LogCapture log = new LogCapture();
    private Path data;
    private ServerInProcess server;
    private String ours;
    private int tests;

    /** Additional configuration keys. */
    Map<String, String> settings() {
        return Map.of("remote.max-size", "100KiB");
    }

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        federation = new TestFederation(directory);
        tls = federation.certificates().server(federation.address());
        data = directory.resolve("data");
        database = H2Database.inMemory();
        Map<String, String> settings = new HashMap<>(federation.settings());
        settings.put("database.url", database.url());
        settings.put(
                "remote.signing-key-file",
                Files.writeString(directory.resolve("signing.key"), new TestKey("ed25519:a_1").synapseLine())
                        .toString());
        settings.putAll(settings());
        server = new ServerInProcess(directory, settings);
        alice = new Client(server.url(), TestConfig.ALICE);
        ours = alice.mxc("ours".getBytes(StandardCharsets.US_ASCII));
    }

    @BeforeEach
    void count() {
        tests++;
    }

    @AfterEach
    void localMediaIsServed() throws Exception {
        assertThat(download(ours)).isEqualTo("200 ours");
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        federation.close();
        log.close();
        assertThat(log.text()).doesNotContain("ERROR ");
    }

    /** Checks that no row, blob or file of a fetch is left. */
    void assertNothingStored() throws Exception {
        Eventually.holds(
                () -> assertThat(StoredData.files(data.resolve("blobs/spool"))).isZero());
        assertThat(StoredData.rows(database, "media")).isOne();
        assertThat(StoredData.rows(database, "stored_blob")).isOne();
        assertThat(StoredData.files(data.resolve("blobs"))).isOne();
    }

    /** A homeserver with a scripted response to every request. */
    RawServer origin(Script script) throws IOException {
        return new RawServer(federation.address(), tls, script);
    }

    /** A homeserver that sends a text in response to every request, and closes the connection. */
    RawServer originSending(String response) throws IOException {
        return origin((head, connection) -> connection.send(response).close());
    }

    /** The response to a request, as in "200 meow" or "502 M_UNKNOWN"; or it {@link #BREAKS_OFF}. */
    String download(String mxc) throws InterruptedException {
        try {
            String path = Client.download(mxc).replace("[", "%5B").replace("]", "%5D");
            HttpResponse<InputStream> response = alice.begin(alice.request(path + "?timeout_ms=0"));
            try (InputStream body = response.body()) {
                return response.statusCode() == 200
                        ? "200 " + new String(body.readAllBytes(), StandardCharsets.ISO_8859_1)
                        : response.statusCode() + " "
                                + Json.createReader(body).readObject().getString("errcode");
            }
        } catch (IOException broken) {
            return BREAKS_OFF;
        }
    }

    /** The URI of the media of a homeserver; different for each test, though ports may be reused. */
    String mxc(RawServer origin) {
        return "mxc://" + origin.name() + "/cat" + tests;
    }

    /** A multipart response with its length. */
    static String multipart(String body) {
        return OK + MULTIPART + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** A multipart response whose file has these headers. */
    static String file(String headers, String bytes) {
        return multipart(JSON_PART + "--b\r\n" + headers + "\r\n" + bytes + "\r\n--b--\r\n");
    }

    /** Sends a text repeatedly until the connection is closed. */
    static void forever(Connection connection, String more) throws IOException {
        while (true) {
            connection.send(more);
        }
    }
}
