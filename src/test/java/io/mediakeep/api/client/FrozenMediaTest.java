package io.mediakeep.api.client;

import static io.mediakeep.testing.Client.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.TestConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Once unauthenticated media is frozen, new media requires a token. */
class FrozenMediaTest {
    private static final byte[] CAT = new byte[10];
    private static final byte[] DOG = new byte[11];

    @TempDir
    Path directory;

    @Test
    void earlierMediaStaysPublicAndNewMediaIsHidden() throws Exception {
        String before;
        String pending;
        try (ServerInProcess open = new ServerInProcess(directory, Map.of())) {
            Client alice = new Client(open.url(), TestConfig.ALICE);
            before = alice.mxc(CAT);
            pending = Client.json(alice.post(ResourceTest.CREATE)).getString("content_uri");
        }
        try (ServerInProcess frozen = new ServerInProcess(directory, Map.of("unauthenticated-media", "frozen"))) {
            Client alice = new Client(frozen.url(), TestConfig.ALICE);
            assertThat(alice.as("").get(Client.legacyDownload(before)).body()).isEqualTo(CAT);
            assertThat(error(alice.get(Client.legacyDownload(pending) + "?timeout_ms=0")))
                    .isEqualTo("404 M_NOT_FOUND");
            assertThat(error(alice.get(Client.download(pending) + "?timeout_ms=0")))
                    .isEqualTo("504 M_NOT_YET_UPLOADED");
            ResourceTest.put(alice, pending);
            for (String after : List.of(alice.mxc(DOG), alice.mxc(CAT), pending)) {
                isHidden(alice, after);
            }
        }
        try (ServerInProcess openAgain = new ServerInProcess(directory, Map.of())) {
            isHidden(new Client(openAgain.url(), TestConfig.ALICE), pending);
        }
    }

    private static void isHidden(Client alice, String mxc) throws Exception {
        for (String version : List.of("r0", "v1", "v3")) {
            String path = Client.legacyDownload(mxc).replace("/v3/", "/" + version + "/");
            assertThat(error(alice.get(path))).isEqualTo("404 M_NOT_FOUND");
            assertThat(error(alice.get(path + "/name"))).isEqualTo("404 M_NOT_FOUND");
            assertThat(ResourceTest.get(alice, path, "If-None-Match", "*").statusCode())
                    .isEqualTo(404);
        }
        assertThat(alice.get(Client.download(mxc)).statusCode()).isEqualTo(200);
    }
}
