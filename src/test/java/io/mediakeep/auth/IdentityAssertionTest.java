package io.mediakeep.auth;

import static io.mediakeep.auth.AccessTokensTest.ADDRESS;
import static io.mediakeep.auth.AccessTokensTest.HOME;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.mediakeep.auth.AuthSettings.FixedToken;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.UserId;
import io.mediakeep.testing.server.TestHomeserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Application services act as their users ({@code ?user_id=}), as the homeserver permits. */
class IdentityAssertionTest {
    private static final String BRIDGE = "as_token_of_a_bridge";
    private static final String FIXED = "a-fixed-token";
    private static final String PUPPET = "@irc_alice+1 2:example.org";

    private final TestHomeserver homeserver = new TestHomeserver();
    private final AccessTokens tokens = new AccessTokens(
            new AuthSettings(
                    Optional.of(homeserver.url()),
                    Duration.ofSeconds(60),
                    List.of(new FixedToken(FIXED, new UserId("@admin:example.org"), true, false)),
                    List.of()),
            HOME,
            Duration.ofMinutes(1),
            Ticker.systemTicker());

    @BeforeEach
    void start() {
        homeserver.addUser(BRIDGE, "@bridge:example.org");
        homeserver.addImpersonation(BRIDGE, PUPPET);
    }

    @AfterEach
    void stop() {
        tokens.close();
        homeserver.close();
    }

    @Test
    void anApplicationServiceActsAsItsUser() {
        assertThat(outcome(BRIDGE, PUPPET)).isEqualTo(PUPPET);
        assertThat(outcome(BRIDGE, null)).isEqualTo("@bridge:example.org");
    }

    @Test
    void resultsAreCachedByTokenAndUser() {
        for (int i = 0; i < 3; i++) {
            assertThat(outcome(BRIDGE, PUPPET)).isEqualTo(PUPPET);
            assertThat(outcome(BRIDGE, null)).isEqualTo("@bridge:example.org");
            assertThat(outcome(BRIDGE, "@bob:example.org")).isEqualTo("403 M_FORBIDDEN");
        }
        assertThat(requestCount()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@bob:elsewhere.org",
                "@bob:example.org:8448",
                "@bob:Example.org",
                "bob",
                "@bob",
                "@a:b:example.org",
                " "
            })
    void aUserOfAnotherServerIsNotSentToTheHomeserver(String userId) {
        assertThat(outcome(BRIDGE, userId)).isEqualTo("403 M_FORBIDDEN");
        assertThat(outcome(FIXED, userId)).isEqualTo("403 M_FORBIDDEN");
        assertThat(requestCount()).isZero();
    }

    @Test
    void aResponseForAnotherUserIsRejected() {
        homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.json(200, "{\"user_id\":\"@bridge:example.org\"}"));
        assertThat(outcome(BRIDGE, PUPPET)).isEqualTo("403 M_FORBIDDEN");
        assertThat(outcome(BRIDGE, "@bridge:example.org")).isEqualTo("@bridge:example.org");
    }

    @Test
    void anUnknownTokenIsInvalidWithAnyUserId() {
        assertThat(outcome("wrong", PUPPET)).isEqualTo("401 M_UNKNOWN_TOKEN");
    }

    @Test
    void aConfiguredTokenActsAsItsUserOnly() {
        assertThat(outcome(FIXED, "@admin:example.org")).isEqualTo("@admin:example.org");
        assertThat(outcome(FIXED, PUPPET)).isEqualTo("403 M_FORBIDDEN");
        assertThat(requestCount()).isZero();
    }

    private String outcome(String token, String userId) {
        try {
            return tokens.requester(new Credentials(token, Optional.ofNullable(userId)), ADDRESS)
                    .user()
                    .value();
        } catch (MatrixException exception) {
            return exception.status() + " " + exception.code();
        }
    }

    private int requestCount() {
        return homeserver.requestCount(TestHomeserver.WHOAMI);
    }
}
