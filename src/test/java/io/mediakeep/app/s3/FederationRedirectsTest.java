package io.mediakeep.app.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestImages;
import io.mediakeep.testing.TestKey;
import io.mediakeep.testing.server.FederationFixture;
import io.mediakeep.testing.server.S3Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other homeservers get the URL of a file in the S3 store, where that is configured. */
class FederationRedirectsTest extends FederationFixture {
    private static final String FEDERATION = "/_matrix/federation/v1/media/";
    private static final ServerName US = new ServerName("example.org");
    private static final Pattern LOCATION = Pattern.compile("--([0-9a-f]{48})\r\nContent-Type: application/json\r\n"
            + "\r\n\\{}\r\n--\\1\r\nLocation: (\\S+)\r\n\r\n\r\n--\\1--\r\n");

    private final TestKey key = new TestKey("ed25519:a_1");

    @Test
    void theSecondPartHasTheUrlOfTheFile(@TempDir Path directory) throws Exception {
        try (ServerInProcess server = new ServerInProcess(directory, redirecting(true))) {
            Client alice = new Client(server.url(), TestConfig.ALICE);
            byte[] image = TestImages.png(200, 200, 1);
            String id = id(alice.mxc(image));
            HttpResponse<byte[]> file = get(location(signed(alice, FEDERATION + "download/" + id)));
            assertThat(file.body()).isEqualTo(image);
            assertThat(file.headers().firstValue("Content-Type")).contains("image/png");
            assertThat(file.headers().firstValue("Content-Disposition")).contains("inline; filename=cat.png");
            String small = FEDERATION + "thumbnail/" + id + "?width=32&height=32&method=crop";
            HttpResponse<byte[]> thumbnail = get(location(signed(alice, small)));
            assertThat(thumbnail.headers().firstValue("Content-Disposition"))
                    .contains("inline; filename=thumbnail.png");
        }
    }

    @Test
    void withoutThatSettingItHasTheFile(@TempDir Path directory) throws Exception {
        try (ServerInProcess server = new ServerInProcess(directory, redirecting(false))) {
            Client alice = new Client(server.url(), TestConfig.ALICE);
            HttpResponse<byte[]> response = signed(alice, FEDERATION + "download/" + id(alice.mxc(new byte[10])));
            assertThat(new String(response.body(), StandardCharsets.ISO_8859_1))
                    .contains("\r\nContent-Length: 10\r\n")
                    .doesNotContain("Location:");
        }
    }

    private Map<String, String> redirecting(boolean federated) {
        origin.publishKey(origin.name(), key);
        S3Settings.Bucket bucket = S3Server.freshBucket();
        Map<String, String> settings = new HashMap<>(federation.settings());
        settings.putAll(S3Server.configuration(bucket));
        settings.put("blobs.s3.redirect", "true");
        settings.put("blobs.s3.redirect-federation", String.valueOf(federated));
        return settings;
    }

    private HttpResponse<byte[]> signed(Client client, String path) throws Exception {
        String signature = key.authorization("GET", path, new ServerName(origin.name()), US);
        HttpResponse<byte[]> response =
                client.as("").send(client.as("").request(path).header("Authorization", signature));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Length")).contains(String.valueOf(response.body().length));
        return response;
    }

    private static URI location(HttpResponse<byte[]> response) {
        String body = new String(response.body(), StandardCharsets.ISO_8859_1);
        Matcher parts = LOCATION.matcher(body);
        assertThat(parts.matches()).as(body).isTrue();
        return URI.create(parts.group(2));
    }

    private static HttpResponse<byte[]> get(URI url) throws Exception {
        HttpResponse<byte[]> response =
                HttpClient.newHttpClient().send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }

    private static String id(String mxc) {
        return mxc.substring(mxc.lastIndexOf('/') + 1);
    }
}
