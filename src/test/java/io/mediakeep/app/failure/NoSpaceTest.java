package io.mediakeep.app.failure;

import static io.mediakeep.testing.Client.error;
import static io.mediakeep.testing.Client.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestImages;
import io.mediakeep.testing.server.RawServer;
import io.mediakeep.testing.server.TestFederation;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with less free space than configured serves stored media, and rejects uploads. */
class NoSpaceTest {
    private static final byte[] IMAGE = TestImages.png(400, 300, 1);
    private static final String SMALL = "width=32&height=32&method=crop";

    @TempDir
    Path directory;

    @Test
    void storedMediaIsServedAndUploadsAreRejected() throws Exception {
        try (TestFederation federation = new TestFederation(directory);
                RawServer origin = new RawServer(
                        federation.address(),
                        federation.certificates().server(federation.address()),
                        (head, talk) -> talk.send("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: "
                                        + IMAGE.length + "\r\n\r\n"
                                        + new String(IMAGE, StandardCharsets.ISO_8859_1))
                                .close())) {
            Map<String, String> settings = new HashMap<>(federation.settings());
            String stored;
            String reserved;
            try (ServerInProcess withSpace = new ServerInProcess(directory, settings)) {
                Client alice = new Client(withSpace.url(), TestConfig.ALICE);
                stored = alice.mxc(IMAGE);
                reserved = json(alice.post("/_matrix/media/v1/create")).getString("content_uri");
            }
            long free = Files.getFileStore(directory).getUsableSpace();
            settings.put("storage.min-free", String.valueOf(free + free / 2));
            try (ServerInProcess full = new ServerInProcess(directory, settings)) {
                Client alice = new Client(full.url(), TestConfig.ALICE);
                assertUploadsRejected(alice, reserved);
                assertServesStored(alice, stored);
                assertForwards(alice, "mxc://" + origin.name() + "/theirs", origin);
            }
            try (ServerInProcess withSpace = new ServerInProcess(directory, federation.settings())) {
                Client alice = new Client(withSpace.url(), TestConfig.ALICE);
                assertThat(put(alice, reserved).statusCode()).isEqualTo(200);
            }
        }
    }

    private static void assertUploadsRejected(Client alice, String reserved) throws Exception {
        HttpResponse<byte[]> upload = alice.upload(IMAGE, "image/png", "cat.png");
        assertThat(error(upload)).isEqualTo("507 M_UNKNOWN");
        assertThat(upload.headers().firstValue("Retry-After")).contains("30");
        assertThat(error(alice.upload(
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(IMAGE)), "image/png", "cat.png")))
                .isEqualTo("507 M_UNKNOWN");
        assertThat(error(alice.post("/_matrix/media/v1/create"))).isEqualTo("507 M_UNKNOWN");
        assertThat(error(put(alice, reserved))).isEqualTo("507 M_UNKNOWN");
    }

    private static HttpResponse<byte[]> put(Client alice, String mxc) throws Exception {
        return alice.send(alice.request(Client.put(mxc)).PUT(BodyPublishers.ofByteArray(IMAGE)));
    }

    private static void assertServesStored(Client alice, String stored) throws Exception {
        assertThat(alice.get(Client.download(stored)).body()).isEqualTo(IMAGE);
        byte[] rendered = alice.get(Client.thumbnail(stored, SMALL)).body();
        assertThat(TestImages.size(rendered)).isEqualTo("32x32");
        assertThat(alice.get(Client.thumbnail(stored, SMALL)).body()).isEqualTo(rendered);
    }

    /** It is fetched for each request, since it is not stored; requests during a fetch share it. */
    private static void assertForwards(Client alice, String theirs, RawServer origin) throws Exception {
        int before = origin.heads().size();
        for (int readers = 0; readers < 20; readers++) {
            assertThat(alice.get(Client.download(theirs)).body()).isEqualTo(IMAGE);
        }
        assertThat(origin.heads().size() - before).isGreaterThanOrEqualTo(2);
    }
}
