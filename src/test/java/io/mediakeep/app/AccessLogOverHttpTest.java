package io.mediakeep.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.RawConnection;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLogOverHttpTest {
    @TempDir
    Path directory;

    private List<String> lines() throws IOException {
        return Files.readAllLines(directory.resolve("data/access.log"));
    }

    private List<JsonObject> json() throws IOException {
        return lines().stream()
                .map(line -> Json.createReader(new StringReader(line)).readObject())
                .toList();
    }

    @Test
    void thereIsNoneByDefault() throws Exception {
        try (ServerInProcess server = new ServerInProcess(directory, Map.of())) {
            new Client(server.url(), "").get("/nothing");
        }
        assertThat(directory.resolve("data/access.log")).doesNotExist();
    }

    @Test
    void eachRequestIsALineInTheCombinedFormat() throws Exception {
        try (ServerInProcess server = new ServerInProcess(directory, Map.of("access-log.format", "combined"))) {
            Client alice = new Client(server.url(), TestConfig.ALICE);
            String mxc = alice.mxc(new byte[1000]);
            new Client(server.url(), "")
                    .send(alice.request(Client.download(mxc) + "?access_token=" + TestConfig.ALICE)
                            .setHeader("Authorization", "none")
                            .setHeader("X-Forwarded-For", "198.51.100.7"));
        }
        assertThat(lines()).hasSize(2).noneMatch(line -> line.contains(TestConfig.ALICE));
        assertThat(lines().get(0))
                .startsWith("127.0.0.1 - @alice:example.org [")
                .contains("\"POST /_matrix/media/v3/upload");
        assertThat(lines().get(1))
                .startsWith("198.51.100.7 - @alice:example.org [")
                .contains("?access_token=<redacted> HTTP/1.1\" 200 1000 \"-\" \"Java-http-client/");
    }

    @Test
    void aJsonLineSaysWhatWasReceivedAndSent() throws Exception {
        try (ServerInProcess server = new ServerInProcess(directory, Map.of("access-log.format", "json"))) {
            Client alice = new Client(server.url(), TestConfig.ALICE);
            String mxc = alice.mxc(new byte[1000]);
            alice.send(alice.request(Client.download(mxc)).header("X-Request-Id", "from-1"));
            alice.send(alice.request(Client.download(mxc)).method("HEAD", BodyPublishers.noBody()));
        }
        JsonObject upload = json().get(0), download = json().get(1), head = json().get(2);
        assertThat(upload.getInt("received_bytes")).isEqualTo(1000);
        assertThat(upload.getString("endpoint")).isEqualTo("upload");
        assertThat(upload.getString("requester")).isEqualTo("@alice:example.org");
        assertThat(download.getString("request_id")).isEqualTo("from-1");
        assertThat(download.getInt("sent_bytes")).isEqualTo(1000);
        assertThat(download.getBoolean("complete")).isTrue();
        assertThat(head.getString("method")).isEqualTo("HEAD");
        assertThat(head.getInt("sent_bytes")).isZero();
    }

    @Test
    void aDownloadThatTheClientAbortsIsNotComplete() throws Exception {
        long size = 32L << 20;
        try (ServerInProcess server = new ServerInProcess(directory, Map.of("access-log.format", "json"))) {
            Client alice = new Client(server.url(), TestConfig.ALICE);
            String mxc = alice.mxc(new byte[(int) size]);
            try (RawConnection client = new RawConnection(server.url()).resetOnClose()) {
                client.send("GET " + Client.download(mxc) + " HTTP/1.1\r\nHost: e\r\nAuthorization: Bearer "
                        + TestConfig.ALICE + "\r\n\r\n");
                assertThat(client.status()).isEqualTo(200);
            }
            Eventually.holds(() -> assertThat(lines()).hasSize(2));
        }
        JsonObject download = json().get(1);
        assertThat(download.getBoolean("complete")).isFalse();
        assertThat(download.getJsonNumber("sent_bytes").longValue()).isLessThan(size);
    }

    @Test
    void fullFilesAreRenamedAndTheOldestIsRemoved() throws Exception {
        Map<String, String> settings = Map.of(
                "access-log.format", "combined",
                "access-log.file", "logs/requests.log",
                "access-log.max-size", "1",
                "access-log.max-files", "2");
        for (int start = 0;
                start < 4;
                start++) { // logback looks at the size at the first line, and then from time to time
            try (ServerInProcess server = new ServerInProcess(directory, settings)) {
                new Client(server.url(), "").get("/nothing/" + start);
            }
        }
        try (var files = Files.list(directory.resolve("logs"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("requests.log", "requests.log.1")
                    .hasSizeLessThanOrEqualTo(3);
        }
    }
}
