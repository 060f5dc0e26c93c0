package io.mediakeep.auth;

import static io.mediakeep.auth.AccessTokensTest.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.UserId;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.SideBySide;
import io.mediakeep.testing.TestHomeserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How long an answer about a token is believed, and how often the homeserver is asked. */
class RememberedTokensTest {
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
    void anAnswerIsBelievedForAsLongAsConfigured() {
        homeserver.knows(TOKEN, ALICE.value());
        try (AccessTokens tokens = tokens()) {
            tokens.requester(TOKEN);
            pass(TTL.minusNanos(1));
            tokens.requester(TOKEN);
            assertThat(asked()).isEqualTo(1);
            pass(Duration.ofNanos(1));
            tokens.requester(TOKEN);
            assertThat(asked()).isEqualTo(2);
        }
    }

    @Test
    void useDoesNotProlongBelief() {
        homeserver.knows(TOKEN, ALICE.value());
        try (AccessTokens tokens = tokens()) {
            for (int i = 0; i < 4; i++) {
                tokens.requester(TOKEN);
                pass(TTL.dividedBy(3));
            }
            assertThat(asked()).isEqualTo(2);
        }
    }

    @Test
    void aRefusalIsBelievedForTenSecondsOnly() {
        try (AccessTokens tokens = tokens()) {
            assertThat(refusal(tokens, TOKEN)).isEqualTo("401 M_UNKNOWN_TOKEN");
            homeserver.knows(TOKEN, ALICE.value());
            pass(Duration.ofSeconds(10).minusNanos(1));
            assertThat(refusal(tokens, TOKEN)).isEqualTo("401 M_UNKNOWN_TOKEN");
            assertThat(asked()).isEqualTo(1);
            pass(Duration.ofNanos(1));
            assertThat(tokens.requester(TOKEN).user()).isEqualTo(ALICE);
        }
    }

    @Test
    void aRefusalIsNeverBelievedLongerThanAnAcceptance() {
        Duration ttl = Duration.ofSeconds(2);
        try (AccessTokens tokens = tokens(ttl)) {
            refusal(tokens, TOKEN);
            pass(ttl);
            refusal(tokens, TOKEN);
            assertThat(asked()).isEqualTo(2);
        }
    }

    @Test
    void withoutBeliefEveryRequestIsAsked() {
        homeserver.knows(TOKEN, ALICE.value());
        try (AccessTokens tokens = tokens(Duration.ZERO)) {
            tokens.requester(TOKEN);
            tokens.requester(TOKEN);
            assertThat(asked()).isEqualTo(2);
        }
    }

    @Test
    void aFailureIsForgottenAtOnce() {
        homeserver.says(TestHomeserver.WHOAMI, TestHomeserver.html(502));
        try (AccessTokens tokens = tokens()) {
            assertThat(refusal(tokens, TOKEN)).isEqualTo("503 M_UNKNOWN");
            homeserver.says(TestHomeserver.WHOAMI, TestHomeserver.json(200, "{\"user_id\":\"" + ALICE.value() + "\"}"));
            assertThat(tokens.requester(TOKEN).user()).isEqualTo(ALICE);
        }
    }

    @Test
    void manyWhoComeWithOneTokenCostOneQuestion() throws Exception {
        homeserver.knows(TOKEN, ALICE.value());
        try (AccessTokens tokens = tokens()) {
            List<Object> outcomes = SideBySide.run(24, () -> tokens.requester(TOKEN));
            assertThat(outcomes).containsOnly(new Requester(ALICE, false, false));
            assertThat(asked()).isEqualTo(1);
        }
    }

    @Test
    void aHomeserverThatHangsHoldsNoMoreThan64Threads() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        homeserver.says(TestHomeserver.WHOAMI, TestHomeserver.held(open, TestHomeserver.json(401, "{}")));
        ExecutorService others = Executors.newSingleThreadExecutor();
        AtomicLong number = new AtomicLong();
        try (AccessTokens tokens = tokens()) {
            Future<List<Object>> waiting =
                    others.submit(() -> SideBySide.run(64, () -> refusal(tokens, "token" + number.incrementAndGet())));
            Eventually.holds(() -> assertThat(asked()).isEqualTo(64));
            assertThat(refusal(tokens, TOKEN)).isEqualTo("503 M_UNKNOWN");
            open.countDown();
            assertThat(waiting.get()).containsOnly("401 M_UNKNOWN_TOKEN");
            assertThat(refusal(tokens, TOKEN)).isEqualTo("401 M_UNKNOWN_TOKEN");
        } finally {
            others.shutdownNow();
        }
    }

    private AccessTokens tokens() {
        return tokens(TTL);
    }

    private AccessTokens tokens(Duration ttl) {
        AuthSettings settings = new AuthSettings(Optional.of(homeserver.url()), ttl, List.of());
        return new AccessTokens(settings, Duration.ofMinutes(1), time::get);
    }

    private int asked() {
        return homeserver.asked(TestHomeserver.WHOAMI);
    }

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }
}
