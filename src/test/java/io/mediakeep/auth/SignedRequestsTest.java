package io.mediakeep.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.TestKey;
import io.mediakeep.testing.server.RemoteHomeserver;
import io.mediakeep.testing.server.TestFederation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedRequestsTest {
    private static final String PUBLISHED = "/_matrix/key/v2/server";
    private static final String CALLER = "192.0.2.1";
    private static final String URI = "/_matrix/federation/v1/media/download/abc?timeout_ms=20000&x=%2F";
    private static final ServerName SELF = new ServerName("media.example:8448");
    private static final ServerName ORIGIN = new ServerName("origin.example");
    private static final ServerName SLOW = new ServerName("slow.example");

    @TempDir
    static Path directory;

    private static TestFederation world;
    private static SSLContext tls;

    private final TestKey key = new TestKey("ed25519:a_1");
    private final TestKey other = new TestKey("ed25519:b");
    private final CountDownLatch slow = new CountDownLatch(1);
    private RemoteHomeserver homeserver;
    private SignedRequests requests;

    @BeforeAll
    static void startAll() throws Exception {
        world = new TestFederation(directory);
        tls = world.certificates().server("origin.example", "media.example", "slow.example");
        for (String host : List.of("origin.example", "media.example", "slow.example")) {
            world.dns().host(host, world.address());
        }
    }

    @AfterAll
    static void stopAll() throws IOException {
        world.close();
    }

    @BeforeEach
    void start() throws IOException {
        homeserver = new RemoteHomeserver(world.address(), 8448, tls);
        requests = new SignedRequests(SELF, world.keyRing());
        publishes(ORIGIN, Duration.ofDays(1), key);
    }

    @AfterEach
    void stop() {
        slow.countDown();
        homeserver.close();
    }

    private void publishes(ServerName server, Duration validity, TestKey... keys) {
        homeserver.respond(
                PUBLISHED,
                TestKey.published(server.value(), world.clock().instant().plus(validity), List.of(keys))
                        .toString());
    }

    /** The header that {@code origin} sends for a GET of {@link #URI}. */
    private static String header(ServerName origin, ServerName destination, TestKey signer) {
        return signer.authorization("GET", URI, origin, destination);
    }

    private ServerName origin(String... authorizations) {
        return requests.origin("GET", URI, List.of(authorizations), CALLER);
    }

    private void assertRejected(String reason, String... authorizations) {
        assertThatThrownBy(() -> origin(authorizations)).isInstanceOfSatisfying(MatrixException.class, exception -> {
            assertThat(exception.code()).isEqualTo(ErrorCode.M_UNAUTHORIZED);
            assertThat(exception.status()).isEqualTo(401);
            assertThat(exception.sentence()).contains(reason);
        });
    }

    @Test
    void aValidSignatureIdentifiesTheOrigin() {
        assertThat(origin(header(ORIGIN, SELF, key))).isEqualTo(ORIGIN);
        assertThat(homeserver.requests()).singleElement().satisfies(call -> {
            assertThat(call.uri()).isEqualTo(PUBLISHED);
            assertThat(call.authorization()).isEmpty();
        });
    }

    @Test
    void theDestinationIsOptional() {
        String old = header(ORIGIN, SELF, key).replace(",destination=\"" + SELF + "\"", "");
        assertThat(origin(old)).isEqualTo(ORIGIN);
    }

    @Test
    void unsignedRequestsAreRejectedWithoutFetchingKeys() {
        assertRejected("must be signed");
        assertRejected("must be signed", "Bearer abc", "");
        assertRejected("malformed", "X-Matrix origin=origin.example");
        assertRejected("malformed", "X-Matrix origin=\"a/b\",key=\"ed25519:a\",sig=\"x\"");
        assertThat(homeserver.requests()).isEmpty();
    }

    @Test
    void requestsForAnotherDestinationAreRejectedWithoutFetchingKeys() {
        assertRejected("X-Matrix header is another server", header(ORIGIN, new ServerName("media.example"), key));
        assertRejected("X-Matrix header is another server", header(ORIGIN, new ServerName("MEDIA.example:8448"), key));
        assertRejected("X-Matrix header is another server", header(ORIGIN, SELF, key), header(ORIGIN, ORIGIN, key));
        assertThat(homeserver.requests()).isEmpty();
    }

    @Test
    void requestsSignedForAnotherServerAreRejected() {
        ServerName victim = new ServerName("victim.example");
        String replayed = header(ORIGIN, victim, key);
        assertRejected("does not match the keys of the origin", replayed.replace(victim.value(), SELF.value()));
        assertRejected(
                "does not match the keys of the origin", replayed.replace(",destination=\"" + victim + "\"", ""));
    }

    @Test
    void modifiedRequestsAreRejected() {
        String signed = header(ORIGIN, SELF, key);
        for (String changed : List.of(URI + "0", URI.replace("abc", "abd"), URI.replace("%2F", "/"))) {
            assertThatThrownBy(() -> requests.origin("GET", changed, List.of(signed), CALLER))
                    .isInstanceOf(MatrixException.class);
        }
        assertThatThrownBy(() -> requests.origin("HEAD", URI, List.of(signed), CALLER))
                .isInstanceOf(MatrixException.class);
        assertRejected("does not match the keys of the origin", signed.replace(key.id(), other.id()));
        assertThat(origin(signed)).isEqualTo(ORIGIN);
    }

    @Test
    void aKeyThatTheOriginDoesNotPublishIsRejected() {
        assertRejected("does not match the keys of the origin", header(ORIGIN, SELF, other));
    }

    @Test
    void expiredKeysAndThoseOfOthersAreRejected() {
        publishes(ORIGIN, Duration.ZERO, key);
        assertRejected("does not match the keys of the origin", header(ORIGIN, SELF, key));
        publishes(SLOW, Duration.ofDays(1), key);
        world.clock().advance(Duration.ofMinutes(1));
        assertRejected("does not match the keys of the origin", header(ORIGIN, SELF, key));
        publishes(ORIGIN, Duration.ofDays(1), key);
        world.clock().advance(Duration.ofMinutes(1));
        assertThat(origin(header(ORIGIN, SELF, key))).isEqualTo(ORIGIN);
    }

    @Test
    void keysAfterARedirectAreRejected() {
        homeserver
                .respond(
                        "/elsewhere",
                        TestKey.published(
                                        ORIGIN.value(), world.clock().instant().plusSeconds(99), List.of(key))
                                .toString())
                .redirect(PUBLISHED, "/elsewhere");
        assertRejected("does not match the keys of the origin", header(ORIGIN, SELF, key));
        assertThat(homeserver.requests()).hasSize(1);
    }

    @Test
    void anEndlessKeyResponseIsLimited() throws Exception {
        homeserver.respond(PUBLISHED, exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] spaces = " ".repeat(8192).getBytes();
            try {
                while (true) {
                    exchange.getResponseBody().write(spaces);
                }
            } catch (IOException hungUp) {
                slow.countDown();
            }
        });
        assertRejected("does not match the keys of the origin", header(ORIGIN, SELF, key));
        Eventually.holds(() -> assertThat(slow.getCount()).isZero());
    }

    @Test
    void oneOfSeveralSignaturesIsEnough() {
        assertThat(origin("Bearer abc", header(ORIGIN, SELF, other), header(ORIGIN, SELF, key)))
                .isEqualTo(ORIGIN);
        assertThat(homeserver.requests()).hasSize(1);
    }

    @Test
    void theNumberOfVerifiedSignaturesIsLimited() {
        List<String> headers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            headers.add(header(ORIGIN, SELF, other));
        }
        headers.add(header(ORIGIN, SELF, key));
        assertRejected("does not match the keys of the origin", headers.toArray(String[]::new));
    }

    @Test
    void signaturesOfSeveralOriginsAreRejectedWithoutFetchingKeys() {
        assertRejected("several origins", header(ORIGIN, SELF, key), header(SLOW, SELF, key));
        assertThat(homeserver.requests()).isEmpty();
    }

    @Test
    void requestsOfTheLocalHomeserverAreAccepted() {
        publishes(SELF, Duration.ofDays(1), key);
        assertThat(origin(header(SELF, SELF, key))).isEqualTo(SELF);
        assertRejected("does not match the keys of the origin", header(SELF, SELF, other));
    }

    @Test
    void aSlowOriginDoesNotDelayOthers() throws Exception {
        homeserver.respond(PUBLISHED, exchange -> {
            if (exchange.getRequestHeaders().getFirst("Host").equals(SLOW.value())) {
                await(slow);
            }
            RemoteHomeserver.send(
                    exchange,
                    200,
                    TestKey.published(ORIGIN.value(), world.clock().instant().plusSeconds(999), List.of(key))
                            .toString());
        });
        Thread waiting =
                new Thread(() -> assertRejected("does not match the keys of the origin", header(SLOW, SELF, key)));
        waiting.start();
        Eventually.holds(() -> assertThat(homeserver.requests()).hasSize(1));
        assertThat(origin(header(ORIGIN, SELF, key))).isEqualTo(ORIGIN);
        assertThat(waiting.isAlive()).isTrue();
        slow.countDown();
        waiting.join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
