package io.mediakeep.app.s3;

import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.server.S3FaultProxy;
import io.mediakeep.testing.server.S3Server;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose S3 store does not respond, and is available again. */
class S3AwayTest {
    private static final String READY = "/_mediakeep/health/ready";
    private static final byte[] CAT = "a cat".getBytes(StandardCharsets.UTF_8);
    private static final byte[] DOG = "a dog".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private S3FaultProxy proxy;
    private ServerInProcess server;
    private Client alice;

    @BeforeEach
    void start() throws IOException {
        proxy = new S3FaultProxy();
        Map<String, String> settings = new HashMap<>(S3Server.configuration(S3Server.freshBucket()));
        settings.put("blobs.s3.endpoint", proxy.url().toString());
        settings.put("blobs.s3.redirect", "true");
        settings.put("blobs.s3.cache.max-size", "10MiB");
        server = new ServerInProcess(directory, settings);
        alice = new Client(server.url(), TestConfig.ALICE);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        proxy.close();
    }

    @Test
    void uploadsAreRejectedAndWhatIsCachedIsServed() throws Exception {
        String cached = alice.mxc(CAT), other = alice.mxc(DOG);
        assertThat(alice.get(Client.download(cached)).body()).isEqualTo(CAT);
        awaitCachedFile();
        proxy.setAway(true);
        isServed(Client.download(cached) + "?allow_redirect=true");
        isUnavailable(alice.upload(CAT, "image/png", "cat.png"));
        isUnavailable(alice.get(Client.download(other)));
        HttpResponse<byte[]> ready = alice.get(READY);
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(json(ready).getJsonObject("blob_store").getBoolean("ok")).isFalse();
        isServed(Client.download(cached));
        isServed(Client.download(cached) + "?allow_redirect=true");
        proxy.setAway(false);
        Eventually.holds(() -> assertThat(alice.get(READY).statusCode()).isEqualTo(200));
        assertThat(alice.get(Client.download(other)).body()).isEqualTo(DOG);
        assertThat(alice.upload(CAT, "image/png", "cat.png").statusCode()).isEqualTo(200);
    }

    private void isServed(String path) throws Exception {
        HttpResponse<byte[]> response = alice.get(path);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(CAT);
    }

    /** Within a minute, after which the client fails. */
    private static void isUnavailable(HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValueAsLong("Retry-After")).hasValue(10);
    }

    private void awaitCachedFile() throws Exception {
        Path blobs = directory.resolve("data/blob-cache/blobs");
        Eventually.holds(() -> {
            try (Stream<Path> files = Files.walk(blobs)) {
                assertThat(files.filter(Files::isRegularFile)).hasSize(1);
            }
        });
    }
}
