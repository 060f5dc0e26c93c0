package io.mediakeep.app.federation;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
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
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A complete server among hostile homeservers. Whatever they do, it keeps responding, and logs no internal error. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class OriginFixture {
    static final String OK = "HTTP/1.1 200 OK\r\n";
    static final String MULTIPART = "Content-Type: multipart/mixed; boundary=b\r\n";
    static final String JSON_PART = "--b\r\nContent-Type: application/json\r\n\r\n{}\r\n";

    /** What a client sees of an answer that does not come to its end, whether it began or not. */
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

    /** What is configured beside the usual, as environment settings. */
    Map<String, String> configured() {
        return Map.of("remote.max-size", "100KiB");
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        federation = new TestFederation(folder);
        tls = federation.certificates().server(federation.address());
        data = folder.resolve("data");
        database = new DatabaseSettings(
                "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", Optional.empty(), Optional.empty(), 5);
        Map<String, String> settings = new HashMap<>(federation.settings());
        settings.put("database.url", database.url());
        settings.put(
                "remote.signing-key-file",
                Files.writeString(folder.resolve("signing.key"), new TestKey("ed25519:a_1").synapseLine())
                        .toString());
        settings.putAll(configured());
        server = new ServerInProcess(folder, settings);
        alice = new Client(server.url(), TestConfig.ALICE);
        ours = alice.mxc("ours".getBytes(StandardCharsets.US_ASCII));
    }

    @BeforeEach
    void count() {
        tests++;
    }

    @AfterEach
    void itGoesOnAnswering() throws Exception {
        assertThat(asked(ours)).isEqualTo("200 ours");
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        federation.close();
        log.close();
        assertThat(log.text()).doesNotContain("ERROR ");
    }

    /** No row, blob or file is left of hostile content. */
    void nothingOfItIsStored() throws Exception {
        Eventually.holds(
                () -> assertThat(StoredData.files(data.resolve("blobs/spool"))).isZero());
        assertThat(StoredData.rows(database, "media")).isOne();
        assertThat(StoredData.rows(database, "stored_blob")).isOne();
        assertThat(StoredData.files(data.resolve("blobs"))).isOne();
    }

    /** A homeserver that answers every request like this. */
    RawServer origin(Script script) throws IOException {
        return new RawServer(federation.address(), tls, script);
    }

    /** A homeserver that sends this to all requests, and closes the connection. */
    RawServer originSaying(String answer) throws IOException {
        return origin((head, connection) -> connection.send(answer).close());
    }

    /** The response to a request, as in "200 meow" or "502 M_UNKNOWN"; or it {@link #BREAKS_OFF}. */
    String asked(String mxc) throws InterruptedException {
        try {
            String path = Client.download(mxc).replace("[", "%5B").replace("]", "%5D");
            HttpResponse<InputStream> answer = alice.begin(alice.request(path + "?timeout_ms=0"));
            try (InputStream body = answer.body()) {
                return answer.statusCode() == 200
                        ? "200 " + new String(body.readAllBytes(), StandardCharsets.ISO_8859_1)
                        : answer.statusCode() + " "
                                + Json.createReader(body).readObject().getString("errcode");
            }
        } catch (IOException broken) {
            return BREAKS_OFF;
        }
    }

    /** The URI of the one file that a homeserver has; of no two tests the same, though their ports may be. */
    String cat(RawServer origin) {
        return "mxc://" + origin.name() + "/cat" + tests;
    }

    /** An answer in an envelope, with its length. */
    static String envelope(String body) {
        return OK + MULTIPART + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    /** An envelope with a file in it that has these headers. */
    static String file(String headers, String bytes) {
        return envelope(JSON_PART + "--b\r\n" + headers + "\r\n" + bytes + "\r\n--b--\r\n");
    }

    /** Sends it again and again. */
    static void forever(Connection connection, String more) throws IOException {
        while (true) {
            connection.send(more);
        }
    }
}
