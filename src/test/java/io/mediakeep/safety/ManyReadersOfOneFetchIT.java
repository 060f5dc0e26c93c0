package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.Client;
import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.process.ServerProcess;
import io.mediakeep.testing.server.RemoteHomeserver;
import io.mediakeep.testing.server.TestFederation;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five hundred concurrent requests for one large file of another server, with a heap of 256 MiB. */
class ManyReadersOfOneFetchIT {
    private static final int READERS = 500;

    /** A build uses a smaller file; {@code -Dmediakeep.fetch.mib=50} is the long version. */
    private static final long SIZE = Long.getLong("mediakeep.fetch.mib", 10) << 20;

    @TempDir
    Path directory;

    @Test
    void fiveHundredReadersShareOneFetch() throws Exception {
        try (TestFederation federation = new TestFederation(directory);
                RemoteHomeserver origin = new RemoteHomeserver(
                        federation.address(), 0, federation.certificates().server(federation.address()))) {
            origin.respond("/_matrix/media/v3/download/" + origin.name() + "/film", exchange -> {
                exchange.sendResponseHeaders(200, SIZE);
                byte[] block = "a film. ".repeat(8192).getBytes(StandardCharsets.US_ASCII);
                try (OutputStream out = exchange.getResponseBody()) {
                    for (long sent = 0; sent < SIZE; sent += block.length) {
                        out.write(block);
                    }
                }
            });
            new TestConfig(directory.resolve("data"))
                    .with(federation.yaml())
                    .remote("max-size: 60MiB")
                    .writeTo(directory);
            try (ServerProcess server = ServerProcess.ofWar(directory, "-Xmx256m")) {
                URI film = URI.create(server.url() + Client.legacyDownload(origin.mxc("film")));
                List<Object> sizes = Concurrently.run(READERS, () -> size(film));
                assertThat(sizes).hasSize(READERS).containsOnly(SIZE);
                assertThat(server.log()).doesNotContain("OutOfMemoryError");
            }
            assertThat(origin.requests())
                    .filteredOn(call -> call.uri().contains("/film"))
                    .hasSize(1);
        }
    }

    private static long size(URI film) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) film.toURL().openConnection();
        try (InputStream in = connection.getInputStream()) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
