package io.mediakeep.api.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The resources over HTTP: one server for all tests of a class. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ResourceTest {
    static final byte[] TEN_BYTES = "0123456789".getBytes(StandardCharsets.UTF_8);
    static final String UPLOAD = "/_matrix/media/v3/upload";
    static final String CREATE = "/_matrix/media/v1/create";
    static final String CONFIG = "/_matrix/client/v1/media/config";

    Path directory;
    ServerInProcess server;
    Client alice;
    Client bob;
    Client guest;
    Client anonymous;

    /** Additional configuration keys. */
    Map<String, String> configured() {
        return Map.of();
    }

    @BeforeAll
    void start(@TempDir Path own) throws Exception {
        directory = own;
        server = new ServerInProcess(directory, configured());
        alice = new Client(server.url(), TestConfig.ALICE);
        bob = alice.as(TestConfig.BOB);
        guest = alice.as(TestConfig.GUEST);
        anonymous = alice.as("");
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
    }

    /** A content URI reserved by Alice. */
    String reserve() throws Exception {
        return Client.json(alice.post(CREATE)).getString("content_uri");
    }

    /** Puts ten bytes to a content URI. */
    static HttpResponse<byte[]> put(Client client, String mxc) throws Exception {
        return client.send(client.request(Client.put(mxc)).PUT(BodyPublishers.ofByteArray(TEN_BYTES)));
    }

    /** Sends a request with a method without body. */
    static HttpResponse<byte[]> send(Client client, String method, String path) throws Exception {
        return client.send(client.request(path).method(method, BodyPublishers.noBody()));
    }

    /** GET with a header. */
    static HttpResponse<byte[]> get(Client client, String path, String header, String value) throws Exception {
        return client.send(client.request(path).header(header, value));
    }

    /** The only value of a header; empty without one. */
    static String header(HttpResponse<?> response, String name) {
        assertThat(response.headers().allValues(name)).as(name).hasSizeLessThan(2);
        return response.headers().firstValue(name).orElse("");
    }

    /** All headers except Date. */
    static Map<String, Object> headers(HttpResponse<?> response) {
        Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(response.headers().map());
        headers.remove("Date");
        headers.remove("X-Request-Id");
        return headers;
    }

    /** The number of files below this directory of the blob store, without lock files. */
    long files(String below) throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("data/blobs").resolve(below))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .count();
        }
    }
}
