package io.mediakeep.auth;

import static io.mediakeep.auth.AccessTokensTest.ADDRESS;
import static io.mediakeep.auth.AccessTokensTest.HOME;
import static io.mediakeep.auth.AccessTokensTest.error;
import static io.mediakeep.auth.AccessTokensTest.from;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.UserId;
import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.server.TestHomeserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long a token check is cached, and how often it is requested from the homeserver. */
class TokenCheckCacheTest {
    private static final String TOKEN = "syt_alices_secret";
    private static final UserId ALICE = new UserId("@alice:example.org");
    private static final Duration TTL = Duration.ofSeconds(60);

    private final TestHomeserver homeserver = new TestHomeserver();
    private final AtomicLong time = new AtomicLong();

    @AfterEach
    void stop() {
        homeserver.close();
    }

    @Test
    void aResultIsCachedForTheConfiguredTime() {
        homeserver.addUser(TOKEN, ALICE.value());
        try (AccessTokens tokens = tokens()) {
            tokens.requester(from(TOKEN), ADDRESS);
            advance(TTL.minusNanos(1));
            tokens.requester(from(TOKEN), ADDRESS);
            assertThat(requestCount()).isEqualTo(1);
            advance(Duration.ofNanos(1));
            tokens.requester(from(TOKEN), ADDRESS);
            assertThat(requestCount()).isEqualTo(2);
        }
    }

    @Test
    void useDoesNotExtendTheCacheTime() {
        homeserver.addUser(TOKEN, ALICE.value());
        try (AccessTokens tokens = tokens()) {
            for (int i = 0; i < 4; i++) {
                tokens.requester(from(TOKEN), ADDRESS);
                advance(TTL.dividedBy(3));
            }
            assertThat(requestCount()).isEqualTo(2);
        }
    }

    @Test
    void aRejectionIsCachedForTenSecondsOnly() {
        try (AccessTokens tokens = tokens()) {
            assertThat(error(tokens, TOKEN)).isEqualTo("401 M_UNKNOWN_TOKEN");
            homeserver.addUser(TOKEN, ALICE.value());
            advance(Duration.ofSeconds(10).minusNanos(1));
            assertThat(error(tokens, TOKEN)).isEqualTo("401 M_UNKNOWN_TOKEN");
            assertThat(requestCount()).isEqualTo(1);
            advance(Duration.ofNanos(1));
            assertThat(tokens.requester(from(TOKEN), ADDRESS).user()).isEqualTo(ALICE);
        }
    }

    @Test
    void aRejectionIsNeverCachedLongerThanAnAcceptance() {
        Duration ttl = Duration.ofSeconds(2);
        try (AccessTokens tokens = tokens(ttl)) {
            error(tokens, TOKEN);
            advance(ttl);
            error(tokens, TOKEN);
            assertThat(requestCount()).isEqualTo(2);
        }
    }

    @Test
    void withoutCacheEveryRequestIsChecked() {
        homeserver.addUser(TOKEN, ALICE.value());
        try (AccessTokens tokens = tokens(Duration.ZERO)) {
            tokens.requester(from(TOKEN), ADDRESS);
            tokens.requester(from(TOKEN), ADDRESS);
            assertThat(requestCount()).isEqualTo(2);
        }
    }

    @Test
    void aFailureIsNotCached() {
        homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.html(502));
        try (AccessTokens tokens = tokens()) {
            assertThat(error(tokens, TOKEN)).isEqualTo("503 M_UNKNOWN");
            homeserver.respond(
                    TestHomeserver.WHOAMI, TestHomeserver.json(200, "{\"user_id\":\"" + ALICE.value() + "\"}"));
            assertThat(tokens.requester(from(TOKEN), ADDRESS).user()).isEqualTo(ALICE);
        }
    }

    @Test
    void concurrentRequestsWithOneTokenCauseOneCheck() throws Exception {
        homeserver.addUser(TOKEN, ALICE.value());
        try (AccessTokens tokens = tokens()) {
            List<Object> outcomes = Concurrently.run(24, () -> tokens.requester(from(TOKEN), ADDRESS));
            assertThat(outcomes).containsOnly(new Requester(ALICE, false, false));
            assertThat(requestCount()).isEqualTo(1);
        }
    }

    @Test
    void aRecentlyValidTokenIsAcceptedWhileTheHomeserverFails() {
        homeserver.addUser(TOKEN, ALICE.value());
        try (AccessTokens tokens = tokens()) {
            tokens.requester(from(TOKEN), ADDRESS);
            homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.html(502));
            advance(TTL);
            assertThat(tokens.requester(from(TOKEN), ADDRESS).user()).isEqualTo(ALICE);
            assertThat(requestCount()).isEqualTo(2);
            advance(Duration.ofSeconds(5).minusNanos(1));
            tokens.requester(from(TOKEN), ADDRESS);
            assertThat(requestCount()).isEqualTo(2);
            advance(Duration.ofMinutes(5).minusSeconds(5));
            assertThat(tokens.requester(from(TOKEN), ADDRESS).user()).isEqualTo(ALICE);
            assertThat(requestCount()).isEqualTo(3);
            advance(Duration.ofNanos(1));
            assertThat(error(tokens, TOKEN)).isEqualTo("503 M_UNKNOWN");
        }
    }

    @Test
    void aRecentlyValidTokenIsAcceptedWhileTheCheckIsRunning() {
        homeserver.addUser(TOKEN, ALICE.value());
        CountDownLatch open = new CountDownLatch(1);
        try (AccessTokens tokens = tokens()) {
            tokens.requester(from(TOKEN), ADDRESS);
            homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.delayed(open, TestHomeserver.json(401, "{}")));
            advance(TTL);
            for (int i = 0; i < 200; i++) { // more than may wait
                assertThat(tokens.requester(from(TOKEN), ADDRESS).user()).isEqualTo(ALICE);
            }
            assertThat(requestCount()).isEqualTo(2);
        } finally {
            open.countDown();
        }
    }

    @Test
    void aRecentlyValidTokenIsRejectedWhenTheHomeserverRejectsIt() {
        homeserver.addUser(TOKEN, ALICE.value());
        try (AccessTokens tokens = tokens()) {
            tokens.requester(from(TOKEN), ADDRESS);
            homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.json(401, "{}"));
            advance(TTL);
            assertThat(error(tokens, TOKEN)).isEqualTo("401 M_UNKNOWN_TOKEN");
        }
    }

    @Test
    void withoutCacheThereIsNoGracePeriod() {
        homeserver.addUser(TOKEN, ALICE.value());
        try (AccessTokens tokens = tokens(Duration.ZERO)) {
            tokens.requester(from(TOKEN), ADDRESS);
            homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.html(502));
            assertThat(error(tokens, TOKEN)).isEqualTo("503 M_UNKNOWN");
        }
    }

    private AccessTokens tokens() {
        return tokens(TTL);
    }

    private AccessTokens tokens(Duration ttl) {
        AuthSettings settings = new AuthSettings(Optional.of(homeserver.url()), ttl, List.of(), List.of());
        return new AccessTokens(settings, HOME, Duration.ofMinutes(1), time::get);
    }

    private int requestCount() {
        return homeserver.requestCount(TestHomeserver.WHOAMI);
    }

    private void advance(Duration duration) {
        time.addAndGet(duration.toNanos());
    }
}
