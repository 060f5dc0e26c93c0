package io.mediakeep.auth;

import static io.mediakeep.auth.AccessTokensTest.ADDRESS;
import static io.mediakeep.auth.AccessTokensTest.HOME;
import static io.mediakeep.auth.AccessTokensTest.from;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.testing.server.TestHomeserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a token is an administrator's is cached as long as the token check. */
class AdminCheckCacheTest {
    private static final String TOKEN = "operators-token";
    private static final String USER = "@operator:example.org";
    private static final String PATH = TestHomeserver.ADMIN + "%40operator%3Aexample.org/admin";
    private static final Duration TTL = Duration.ofSeconds(60);

    private final TestHomeserver homeserver = new TestHomeserver().addAdmin(TOKEN, USER);
    private final AtomicLong time = new AtomicLong();

    @AfterEach
    void stop() {
        homeserver.close();
    }

    @Test
    void anAdministratorIsCheckedOnceInTheConfiguredTime() {
        try (AccessTokens tokens = tokens()) {
            for (int i = 0; i < 3; i++) {
                assertThat(tokens.administrator(from(TOKEN), ADDRESS).admin()).isTrue();
            }
            assertThat(homeserver.requestCount(PATH)).isEqualTo(1);
            time.addAndGet(TTL.toNanos());
            tokens.administrator(from(TOKEN), ADDRESS);
            assertThat(homeserver.requestCount(PATH)).isEqualTo(2);
            assertThat(homeserver.requestCount(TestHomeserver.WHOAMI)).isEqualTo(2);
        }
    }

    @Test
    void anAdministratorIsAcceptedForAWhileWithoutTheHomeserver() {
        try (AccessTokens tokens = tokens()) {
            tokens.administrator(from(TOKEN), ADDRESS);
            homeserver.respond(PATH, TestHomeserver.html(502));
            time.addAndGet(TTL.toNanos());
            assertThat(tokens.administrator(from(TOKEN), ADDRESS).admin()).isTrue();
            time.addAndGet(TTL.multipliedBy(5).toNanos());
            assertStatus(503, tokens);
        }
    }

    @Test
    void aRejectionIsCachedForTenSecondsOnly() {
        homeserver.respond(PATH, TestHomeserver.json(403, "{}"));
        try (AccessTokens tokens = tokens()) {
            assertStatus(403, tokens);
            homeserver.addAdmin(TOKEN, USER);
            assertStatus(403, tokens);
            time.addAndGet(Duration.ofSeconds(10).toNanos());
            assertThat(tokens.administrator(from(TOKEN), ADDRESS).admin()).isTrue();
        }
    }

    private static void assertStatus(int status, AccessTokens tokens) {
        assertThatThrownBy(() -> tokens.administrator(from(TOKEN), ADDRESS))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        rejection -> assertThat(rejection.status()).isEqualTo(status));
    }

    private AccessTokens tokens() {
        AuthSettings settings = new AuthSettings(Optional.of(homeserver.url()), TTL, List.of(), List.of());
        return new AccessTokens(settings, HOME, Duration.ofMinutes(1), time::get);
    }
}
