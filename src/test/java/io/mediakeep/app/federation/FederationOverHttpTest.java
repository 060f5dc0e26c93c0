package io.mediakeep.app.federation;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestImages;
import io.mediakeep.testing.TestKey;
import io.mediakeep.testing.server.RemoteHomeserver;
import io.mediakeep.testing.server.TestFederation;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The endpoints for other homeservers. All media is frozen, which does not affect signed requests. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FederationOverHttpTest {
    private static final String DOWNLOAD = "/_matrix/federation/v1/media/download/";
    private static final String THUMBNAIL = "/_matrix/federation/v1/media/thumbnail/";
    private static final ServerName US = new ServerName("example.org");

    private final TestKey key = new TestKey("ed25519:a_1");
    private TestFederation federation;
    private RemoteHomeserver caller;
    private ServerInProcess server;
    private Client alice;
    private Client anonymous;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        federation = new TestFederation(directory);
        caller = new RemoteHomeserver(
                federation.address(), 0, federation.certificates().server(federation.address()));
        caller.publishKey(caller.name(), key);
        Map<String, String> settings = new HashMap<>(federation.settings());
        settings.put("unauthenticated-media", "frozen");
        server = new ServerInProcess(directory, settings);
        alice = new Client(server.url(), TestConfig.ALICE);
        anonymous = alice.as("");
    }

    @AfterAll
    void stop() throws IOException {
        server.close();
        caller.close();
        federation.close();
    }

    @Test
    void theFileIsTheSecondPartOfTheBody() throws Exception {
        byte[] bytes = "\r\n--a\r\ncat\0\r\n".getBytes(StandardCharsets.UTF_8);
        String id = id(json(alice.upload(bytes, "image/png", "名前.png")).getString("content_uri"));
        HttpResponse<byte[]> response = signed(DOWNLOAD + id);
        assertThat(response.statusCode()).isEqualTo(200);
        String type = response.headers().firstValue("Content-Type").orElseThrow();
        assertThat(type).matches("multipart/mixed; boundary=[0-9a-f]{48}");
        String boundary = "--" + type.substring(type.indexOf('=') + 1);
        assertThat(new String(response.body(), StandardCharsets.UTF_8))
                .isEqualTo(boundary + "\r\nContent-Type: application/json\r\n\r\n{}\r\n" + boundary
                        + "\r\nContent-Type: image/png"
                        + "\r\nContent-Disposition: inline; filename*=utf-8''%E5%90%8D%E5%89%8D.png"
                        + "\r\nContent-Length: " + bytes.length + "\r\n\r\n"
                        + new String(bytes, StandardCharsets.UTF_8) + "\r\n" + boundary + "--\r\n");
        assertThat(response.headers().firstValue("Content-Length")).contains(String.valueOf(response.body().length));
        assertThat(signed(DOWNLOAD + id).headers().firstValue("Content-Type")).isNotEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | text/plain; charset=utf-8 | inline",
                "text/plain;charset=utf-8,text/html | application/octet-stream | attachment"
            })
    void typeAndDispositionAreTheSameAsForClients(String given, String type, String disposition) throws Exception {
        String mxc = json(alice.upload(new byte[1], given, "")).getString("content_uri");
        HttpResponse<byte[]> toClient = alice.get(Client.download(mxc));
        assertThat(toClient.headers().firstValue("Content-Type")).contains(type);
        assertThat(toClient.headers().firstValue("Content-Disposition")).contains(disposition);
        assertThat(new String(signed(DOWNLOAD + id(mxc)).body(), StandardCharsets.ISO_8859_1))
                .contains("\r\nContent-Type: " + type + "\r\nContent-Disposition: " + disposition + "\r\n");
    }

    @Test
    void frozenMediaIsServedToSignedRequests() throws Exception {
        String mxc = alice.mxc(new byte[10]);
        assertThat(anonymous.get(Client.legacyDownload(mxc)).statusCode()).isEqualTo(404);
        assertThat(signed(DOWNLOAD + id(mxc)).statusCode()).isEqualTo(200);
    }

    @Test
    void quarantinedMediaIsNotServedToOtherServers() throws Exception {
        String id = id(alice.mxc(TestImages.png(50, 40, 99)));
        String thumbnail = THUMBNAIL + id + "?width=32&height=32&method=crop";
        assertThat(signed(thumbnail).statusCode()).isEqualTo(200);
        alice.as(TestConfig.ADMIN).post("/_synapse/admin/v1/media/quarantine/" + US + "/" + id);
        assertThat(error(signed(DOWNLOAD + id))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(signed(thumbnail))).isEqualTo("404 M_NOT_FOUND");
    }

    @Test
    void headHasTheHeadersOfGetAndNoBody() throws Exception {
        String id = id(alice.mxc(new byte[1000]));
        String path = DOWNLOAD + id + "?timeout_ms=0";
        HttpResponse<byte[]> head =
                anonymous.send(signing("HEAD", path, path, US.value()).method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(signed(path).headers().firstValue("Content-Length"));
    }

    @Test
    void requestsWithoutAValidSignatureAreRejected() throws Exception {
        String path = DOWNLOAD + id(alice.mxc(new byte[10]));
        assertThat(error(anonymous.get(path))).isEqualTo("401 M_UNAUTHORIZED");
        assertThat(error(alice.get(path))).isEqualTo("401 M_UNAUTHORIZED");
        assertThat(error(anonymous.send(signing("GET", path, path + "x", US.value()))))
                .isEqualTo("401 M_UNAUTHORIZED");
        assertThat(error(anonymous.send(signing("GET", path + "?timeout_ms=1", path, US.value()))))
                .isEqualTo("401 M_UNAUTHORIZED");
        assertThat(error(anonymous.send(signing("POST", path, path, US.value()))))
                .isEqualTo("401 M_UNAUTHORIZED");
        assertThat(error(anonymous.send(signing("GET", path, path, "another.example"))))
                .isEqualTo("401 M_UNAUTHORIZED");
        assertThat(error(anonymous.send(anonymous.request(path).header("Authorization", "X-Matrix nonsense"))))
                .isEqualTo("401 M_UNAUTHORIZED");
    }

    @Test
    void theQueryIsVerifiedAsItWasSent() throws Exception {
        String path = DOWNLOAD + id(alice.mxc(new byte[10])) + "?timeout_ms=0&x=%2fa%2F+b~%7e&y=&z";
        assertThat(signed(path).statusCode()).isEqualTo(200);
    }

    @Test
    void oneValidSignatureOfSeveralIsEnough() throws Exception {
        String path = DOWNLOAD + id(alice.mxc(new byte[10]));
        HttpRequest.Builder twice = anonymous
                .request(path)
                .header("Authorization", header("GET", path + "x", US.value()))
                .header("Authorization", header("GET", path, US.value()));
        assertThat(anonymous.send(twice).statusCode()).isEqualTo(200);
    }

    @Test
    void missingMediaIsNotFound() throws Exception {
        assertThat(error(signed(DOWNLOAD + "nothing"))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(signed(DOWNLOAD + "no~id"))).isEqualTo("404 M_NOT_FOUND");
        assertThat(error(signed(THUMBNAIL + "nothing?width=32&height=32"))).isEqualTo("404 M_NOT_FOUND");
    }

    @Test
    void remoteMediaIsNotServed() throws Exception {
        caller.respond(DOWNLOAD + "theirs", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "multipart/mixed; boundary=b");
            RemoteHomeserver.send(exchange, 200, "--b\r\n\r\n{}\r\n--b\r\n\r\nmeow\r\n--b--");
        });
        caller.respond(
                "/_matrix/media/v3/download/" + caller.name() + "/theirs",
                exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
        assertThat(alice.get(Client.download(caller.mxc("theirs"))).body())
                .asString()
                .isEqualTo("meow");
        assertThat(error(signed(DOWNLOAD + "theirs"))).isEqualTo("404 M_NOT_FOUND");
    }

    @Test
    void pendingContentIsWaitedFor() throws Exception {
        String mxc = json(alice.post("/_matrix/media/v1/create")).getString("content_uri");
        assertThat(error(signed(DOWNLOAD + id(mxc) + "?timeout_ms=0"))).isEqualTo("504 M_NOT_YET_UPLOADED");
        String path = DOWNLOAD + id(mxc) + "?timeout_ms=60000";
        CompletableFuture<HttpResponse<byte[]>> reader = anonymous.sendAsync(signing("GET", path, path, US.value()));
        alice.send(alice.request(Client.put(mxc)).PUT(BodyPublishers.ofString("meow")));
        assertThat(new String(reader.get(30, TimeUnit.SECONDS).body(), StandardCharsets.UTF_8))
                .contains("\r\nmeow\r\n");
    }

    @Test
    void thumbnailsAreMultipart() throws Exception {
        String id = id(alice.mxc(TestImages.png(400, 300, 1)));
        HttpResponse<byte[]> response = signed(THUMBNAIL + id + "?width=96&height=96&method=crop");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(new String(response.body(), StandardCharsets.ISO_8859_1))
                .contains("\r\nContent-Type: image/")
                .contains("\r\nContent-Disposition: inline; filename=thumbnail.");
        assertThat(error(signed(THUMBNAIL + id))).isEqualTo("400 M_MISSING_PARAM");
        assertThat(error(signed(THUMBNAIL + id(alice.mxc(new byte[9])) + "?width=32&height=32")))
                .isEqualTo("400 M_UNKNOWN");
    }

    private HttpResponse<byte[]> signed(String path) throws Exception {
        return anonymous.send(signing("GET", path, path, US.value()));
    }

    /** A request for a path that is signed as if it were another. */
    private HttpRequest.Builder signing(String method, String path, String signedPath, String destination) {
        return anonymous.request(path).header("Authorization", header(method, signedPath, destination));
    }

    private String header(String method, String path, String destination) {
        return key.authorization(method, path, new ServerName(caller.name()), new ServerName(destination));
    }

    private static String id(String mxc) {
        return mxc.substring(mxc.lastIndexOf('/') + 1);
    }
}
