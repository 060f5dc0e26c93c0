package io.mediakeep.safety;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.ServerName;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.TestConfig;
import io.mediakeep.testing.TestKey;
import io.mediakeep.testing.process.ServerProcess;
import io.mediakeep.testing.process.ServerUsage;
import io.mediakeep.testing.server.TestFederation;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever unauthenticated clients vary (addresses, tokens, ids, servers, signatures), the memory for it is bounded.
 */
class BoundedMemoryIT {
    /** A build sends fewer of each kind; {@code -Dmediakeep.clients.divisor=1} is the long version. */
    private static final int DIVISOR = Integer.getInteger("mediakeep.clients.divisor", 200);

    private static final int IPV4_CALLERS = 100_000 / DIVISOR,
            IPV6_CALLERS = 60_000 / DIVISOR,
            WRONG_TOKENS = 60_000 / DIVISOR,
            UNKNOWN_IDS = 60_000 / DIVISOR,
            UNKNOWN_ORIGINS = 20_000 / DIVISOR,
            FORGED_SIGNERS = 20_000 / DIVISOR;

    private static final int CLIENTS = 4;
    private static final long MAX_LIVE_HEAP = 100L << 20, MAX_THREADS = 120;

    @TempDir
    Path directory;

    @Test
    void unauthenticatedClientsUseBoundedMemoryAndThreads() throws Exception {
        try (TestFederation federation = new TestFederation(directory)) {
            new TestConfig(directory.resolve("data"))
                    .with(federation.yaml())
                    .remote("burst: 1TiB")
                    .writeTo(directory);
            try (ServerProcess server = ServerProcess.ofWar(directory, "-Xmx256m", "-XX:+ExitOnOutOfMemoryError")) {
                request(server);
                ServerUsage usage = ServerUsage.of(server.process());
                assertThat(usage.liveHeap()).isLessThanOrEqualTo(MAX_LIVE_HEAP);
                assertThat(usage.threads()).isLessThanOrEqualTo(MAX_THREADS);
                assertThat(server.log()).doesNotContain("OutOfMemoryError", "ERROR");
            }
        }
    }

    private void request(ServerProcess server) throws Exception {
        Client alice = new Client(server.url(), TestConfig.ALICE);
        Client unauthenticated = alice.as("");
        String mxc = alice.mxc(new byte[10]);
        String here = Client.legacyDownload(mxc);
        send(IPV4_CALLERS, unauthenticated, i -> from(ipv4(i), unauthenticated.request(here)), 200);
        send(
                IPV6_CALLERS,
                unauthenticated,
                i -> from("2001:db8:" + hex(i) + "::1", unauthenticated.request(here)),
                200);
        send(
                WRONG_TOKENS,
                unauthenticated,
                i -> from(ipv4(i / 10), alice.as("wrong" + i).request(Client.download(mxc))),
                401);
        send(
                UNKNOWN_IDS,
                unauthenticated,
                i -> unauthenticated.request(Client.legacyDownload("mxc://example.org/unknown" + i)),
                404);
        send(
                UNKNOWN_ORIGINS,
                unauthenticated,
                i -> from(ipv4(i), unauthenticated.request(Client.legacyDownload("mxc://origin" + i + ".invalid/id"))),
                502);
        TestKey key = new TestKey("ed25519:a_1");
        String path = "/_matrix/federation/v1/media/download/" + mxc.substring(mxc.lastIndexOf('/') + 1);
        send(
                FORGED_SIGNERS,
                unauthenticated,
                i -> from(
                        ipv4(i),
                        unauthenticated
                                .request(path)
                                .header(
                                        "Authorization",
                                        key.authorization(
                                                "GET",
                                                path,
                                                new ServerName("signer" + i + ".invalid"),
                                                new ServerName("example.org")))),
                401);
    }

    private static void send(int count, Client client, IntFunction<HttpRequest.Builder> requests, int status)
            throws Exception {
        AtomicInteger next = new AtomicInteger();
        assertThat(Concurrently.run(CLIENTS, () -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        assertThat(client.send(requests.apply(i)).statusCode()).isEqualTo(status);
                    }
                    return true;
                }))
                .containsOnly(true);
    }

    private static HttpRequest.Builder from(String address, HttpRequest.Builder request) {
        return request.header("X-Forwarded-For", address);
    }

    private static String ipv4(int number) {
        return "8." + (number >> 16 & 255) + "." + (number >> 8 & 255) + "." + (number & 255);
    }

    private static String hex(int number) {
        return Integer.toHexString(number);
    }
}
