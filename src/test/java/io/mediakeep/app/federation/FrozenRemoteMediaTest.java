package io.mediakeep.app.federation;

import static io.mediakeep.testing.Client.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestImages;
import io.mediakeep.testing.server.RawServer;
import io.mediakeep.testing.server.TestFederation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Remote media that was fetched before unauthenticated media was frozen stays accessible without a token, and nothing
 * more is fetched.
 */
class FrozenRemoteMediaTest {
    private static final String THUMBNAIL = "?width=32&height=32&method=crop";

    @TempDir
    Path directory;

    @Test
    void mediaFetchedBeforeIsServedAndNothingElseIsFetched() throws Exception {
        byte[] image = TestImages.png(400, 300, 1);
        try (TestFederation federation = new TestFederation(directory);
                RawServer origin = new RawServer(
                        federation.address(),
                        federation.certificates().server(federation.address()),
                        (head, connection) -> connection
                                .send("HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: "
                                        + image.length + "\r\n\r\n"
                                        + new String(image, StandardCharsets.ISO_8859_1))
                                .close())) {
            String authenticated = "mxc://" + origin.name() + "/authenticated";
            String legacy = "mxc://" + origin.name() + "/legacy";
            Map<String, String> settings = new HashMap<>(federation.settings());
            try (ServerInProcess open = new ServerInProcess(directory, settings)) {
                Client alice = new Client(open.url(), TestConfig.ALICE);
                assertThat(alice.get(Client.download(authenticated)).body()).isEqualTo(image);
                assertThat(alice.as("").get(Client.legacyDownload(legacy)).body())
                        .isEqualTo(image);
            }
            int requests = origin.heads().size();
            settings.put("unauthenticated-media", "frozen");
            try (ServerInProcess frozen = new ServerInProcess(directory, settings)) {
                Client anonymous = new Client(frozen.url(), "");
                for (String mxc : List.of(authenticated, legacy)) {
                    String path = Client.legacyDownload(mxc);
                    assertThat(anonymous.get(path).body()).isEqualTo(image);
                    assertThat(anonymous.get(path + "?allow_remote=false").statusCode())
                            .isEqualTo(200);
                    assertThat(anonymous
                                    .get(path.replace("/download/", "/thumbnail/") + THUMBNAIL)
                                    .statusCode())
                            .isEqualTo(200);
                }
                assertThat(error(anonymous.get(Client.legacyDownload("mxc://" + origin.name() + "/other"))))
                        .isEqualTo("404 M_NOT_FOUND");
            }
            assertThat(origin.heads()).hasSize(requests);
        }
    }
}
