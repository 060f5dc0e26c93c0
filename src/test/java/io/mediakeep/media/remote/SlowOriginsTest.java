package io.mediakeep.media.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.content.DownloadRequest;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.H2Database;
import io.mediakeep.testing.server.RemoteHomeserver;
import io.mediakeep.testing.server.SlowServer;
import io.mediakeep.testing.server.TestFederation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A few callers cause fetches from many slow origins: other callers are not delayed. The origins are slow for longer
 * than any timeout, so with an unfair queue the other request would fail at its deadline.
 */
@Timeout(180)
class SlowOriginsTest {
    private static final int CALLERS = 3;
    private static final int SHARE = 5;
    private static final int LARGEST = 200_000_000;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {8, 100})
    void otherOriginsAreNotDelayed(int sites) throws Exception {
        try (TestFederation federation = new TestFederation(directory)) {
            String[] names = IntStream.range(0, sites)
                    .mapToObj(site -> "site" + site + ".example")
                    .toArray(String[]::new);
            for (String name : names) {
                federation.dns().host(name, federation.address());
            }
            SSLContext tls = federation.certificates().server(federation.address());
            try (SlowServer dripping = new SlowServer(
                            federation.address(), federation.certificates().server(names));
                    RemoteHomeserver honest = new RemoteHomeserver(federation.address(), 0, tls);
                    MediaNode node = node(federation)) {
                drip(node, names, dripping, sites);
                Mxc cat = Mxc.parse(honest.mxc("cat"));
                String path = "/_matrix/media/v3/download/" + cat.server() + "/cat";
                honest.respond(path, exchange -> RemoteHomeserver.send(exchange, 200, "meow"));
                assertThat(fetch(node, cat, "honest").toCompletableFuture()).succeedsWithin(TIMEOUT);
            }
        }
    }

    private MediaNode node(TestFederation federation) throws Exception {
        return new MediaNode(
                H2Database.inMemory(),
                directory.resolve("blobs"),
                new NodeOptions().remote(federation.unsignedMedia(MediaNode.LOCAL, LARGEST)));
    }

    private static void drip(MediaNode node, String[] names, SlowServer dripping, int each) throws Exception {
        for (int file = 0; file < each; file++) {
            for (String name : names) {
                ServerName origin = new ServerName(name + ":" + dripping.port());
                fetch(node, new Mxc(origin, "file" + file), "caller" + (file % CALLERS));
            }
        }
        Eventually.holds(() -> assertThat(dripping.requests()).isGreaterThanOrEqualTo(CALLERS * SHARE));
    }

    private static CompletionStage<?> fetch(MediaNode node, Mxc mxc, String caller) {
        Deadline deadline = Deadline.in(TIMEOUT);
        try {
            return node.downloads.open(new DownloadRequest(mxc, true, true, caller, deadline));
        } catch (MatrixException rejected) {
            return CompletableFuture.failedStage(rejected);
        }
    }
}
