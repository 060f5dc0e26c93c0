package io.mediakeep.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import io.mediakeep.auth.AuthSettings.FixedToken;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.testing.LogCapture;
import io.mediakeep.testing.server.TestHomeserver;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokensTest {
    static final ServerName HOME = new ServerName("example.org");
    static final String ADDRESS = "192.0.2.1";

    private static final String TOKEN = "syt_alices_secret";
    private static final UserId ALICE = new UserId("@alice:example.org");
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final Duration LONG_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration SHORT_TIMEOUT = Duration.ofMillis(200);

    private final TestHomeserver homeserver = new TestHomeserver();

    @AfterEach
    void stop() {
        homeserver.close();
    }

    @Test
    void aTokenIdentifiesItsUser() {
        homeserver.addUser(TOKEN, ALICE.value());
        try (AccessTokens tokens = tokens()) {
            assertThat(tokens.requester(from(TOKEN), ADDRESS)).isEqualTo(new Requester(ALICE, false, false));
        }
    }

    @Test
    void aGuestIsRecognised() {
        homeserver.addGuest(TOKEN, ALICE.value());
        try (AccessTokens tokens = tokens()) {
            assertThat(tokens.requester(from(TOKEN), ADDRESS)).isEqualTo(new Requester(ALICE, false, true));
        }
    }

    @Test
    void theHomeserverUrlMayEndInSlashes() {
        homeserver.addUser(TOKEN, ALICE.value());
        try (AccessTokens tokens = tokens(URI.create(homeserver.url() + "//"), TTL, LONG_TIMEOUT)) {
            assertThat(tokens.requester(from(TOKEN), ADDRESS).user()).isEqualTo(ALICE);
        }
    }

    @Test
    void tokensThatTheHomeserverRejectsAreRejected() {
        try (AccessTokens tokens = tokens()) {
            assertThat(error(tokens, TOKEN)).isEqualTo("401 M_UNKNOWN_TOKEN");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSoftLogoutIsForwarded(boolean soft) {
        homeserver.respond(
                TestHomeserver.WHOAMI,
                TestHomeserver.json(
                        401, "{\"errcode\":\"M_UNKNOWN_TOKEN\",\"error\":\"\",\"soft_logout\":" + soft + "}"));
        try (AccessTokens tokens = tokens()) {
            assertThatThrownBy(() -> tokens.requester(from(TOKEN), ADDRESS))
                    .isInstanceOfSatisfying(
                            MatrixException.class,
                            exception -> assertThat(exception.softLogout()).isEqualTo(soft));
        }
    }

    @Test
    void aUserWhoIsForbiddenIsForbidden() {
        homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.json(403, "{\"errcode\":\"M_USER_DEACTIVATED\"}"));
        try (AccessTokens tokens = tokens()) {
            assertThat(error(tokens, TOKEN)).isEqualTo("403 M_FORBIDDEN");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"@alice:example.org\"",
                "{}",
                "{",
                "{\"user_id\":null}",
                "{\"user_id\":17}",
                "{\"user_id\":[\"@alice:example.org\"]}",
                "{\"user_id\":\"\"}",
                "{\"user_id\":\"alice\"}",
                "{\"user_id\":\"@alice:example.org\\n@root:example.org\"}",
                "<!doctype html>"
            })
    void anInvalidResponseIsRejected(String body) {
        homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.json(200, body));
        assertUnavailable();
    }

    @Test
    void aTooDeeplyNestedResponseIsRejected() {
        homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.json(200, "{\"a\":".repeat(5_000)));
        assertUnavailable();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 500, 502, 503})
    void anHtmlResponseLogsNoClientOut(int status) {
        homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.html(status));
        assertUnavailable();
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 400, 404, 429, 500, 503})
    void anUnexpectedResponseLogsNoClientOut(int status) {
        homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.json(status, status == 204 ? "" : "{}"));
        assertUnavailable();
    }

    @Test
    void aRedirectIsNotFollowed() {
        try (TestHomeserver elsewhere = new TestHomeserver().addUser(TOKEN, "@mallory:example.org")) {
            homeserver.respond(
                    TestHomeserver.WHOAMI,
                    TestHomeserver.redirect(URI.create(elsewhere.url() + TestHomeserver.WHOAMI)));
            assertUnavailable();
            assertThat(elsewhere.requestCount(TestHomeserver.WHOAMI)).isZero();
        }
    }

    @Test
    void anEndlessResponseIsLimited() {
        homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.endless());
        assertUnavailable();
    }

    @Test
    void anUnreachableHomeserverLogsNoClientOut() {
        homeserver.close();
        assertUnavailable();
    }

    @Test
    void aTimeoutOfTheHomeserverLogsNoClientOut() {
        CountDownLatch never = new CountDownLatch(1);
        homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.delayed(never, TestHomeserver.json(200, "{}")));
        try (AccessTokens tokens = tokens(homeserver.url(), TTL, SHORT_TIMEOUT)) {
            assertThat(error(tokens, TOKEN)).isEqualTo("503 M_UNKNOWN");
        }
    }

    @Test
    void aTruncatedResponseLogsNoClientOut() {
        homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.truncated(new CountDownLatch(1)));
        try (AccessTokens tokens = tokens(homeserver.url(), TTL, SHORT_TIMEOUT)) {
            assertThat(error(tokens, TOKEN)).isEqualTo("503 M_UNKNOWN");
        }
    }

    @Test
    void configuredTokensTakePrecedence() {
        homeserver.addUser(TOKEN, "@somebody:example.org");
        FixedToken fixed = new FixedToken(TOKEN, ALICE, true, false);
        AuthSettings settings = new AuthSettings(Optional.of(homeserver.url()), TTL, List.of(fixed), List.of());
        try (AccessTokens tokens = new AccessTokens(settings, HOME, LONG_TIMEOUT, Ticker.systemTicker())) {
            assertThat(tokens.requester(from(TOKEN), ADDRESS)).isEqualTo(new Requester(ALICE, true, false));
            assertThat(requestCount()).isZero();
            assertThat(error(tokens, "another")).isEqualTo("401 M_UNKNOWN_TOKEN");
            assertThat(requestCount()).isEqualTo(1);
        }
    }

    @Test
    void withoutAHomeserverOnlyConfiguredTokensAreAccepted() {
        AuthSettings settings =
                new AuthSettings(Optional.empty(), TTL, List.of(new FixedToken(TOKEN, ALICE, false, true)), List.of());
        try (AccessTokens tokens = new AccessTokens(settings, HOME, LONG_TIMEOUT, Ticker.systemTicker())) {
            assertThat(tokens.requester(from(TOKEN), ADDRESS)).isEqualTo(new Requester(ALICE, false, true));
            assertThat(error(tokens, TOKEN + "x")).isEqualTo("401 M_UNKNOWN_TOKEN");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "line\nbreak", "t\u00f6ken", "token\u0000", "\u007f"})
    void anInvalidTokenIsNotSentToTheHomeserver(String token) {
        try (AccessTokens tokens = tokens()) {
            assertThat(error(tokens, token)).isEqualTo("401 M_UNKNOWN_TOKEN");
            assertThat(error(tokens, "x".repeat(4097))).isEqualTo("401 M_UNKNOWN_TOKEN");
            assertThat(requestCount()).isZero();
        }
    }

    @Test
    void noTokenIsLoggedOrPrinted() {
        try (LogCapture recording = new LogCapture()) {
            homeserver.respond(TestHomeserver.WHOAMI, TestHomeserver.json(200, "\"" + TOKEN + "\""));
            assertUnavailable();
            homeserver.close();
            assertUnavailable();
            assertThat(recording.text())
                    .contains("No valid response about a token from")
                    .doesNotContain(TOKEN);
        }
        FixedToken fixed = new FixedToken(TOKEN, ALICE, false, false);
        AuthSettings settings = new AuthSettings(Optional.empty(), TTL, List.of(fixed), List.of());
        assertThat(fixed + " " + settings + " " + TokenHash.of(TOKEN)).doesNotContain(TOKEN);
    }

    /** The error is 503 and not 401, and can be retried. */
    private void assertUnavailable() {
        try (AccessTokens tokens = tokens()) {
            assertThat(error(tokens, TOKEN)).isEqualTo("503 M_UNKNOWN");
            assertThatThrownBy(() -> tokens.requester(from(TOKEN), ADDRESS))
                    .isInstanceOfSatisfying(
                            MatrixException.class,
                            exception -> assertThat(exception.retryAfter()).isPresent());
        }
    }

    private AccessTokens tokens() {
        return tokens(homeserver.url(), TTL, LONG_TIMEOUT);
    }

    private AccessTokens tokens(URI url, Duration ttl, Duration timeout) {
        return new AccessTokens(
                new AuthSettings(Optional.of(url), ttl, List.of(), List.of()), HOME, timeout, Ticker.systemTicker());
    }

    private int requestCount() {
        return homeserver.requestCount(TestHomeserver.WHOAMI);
    }

    /** A token without an asserted user. */
    static Credentials from(String token) {
        return new Credentials(token, Optional.empty());
    }

    /** The error for a token, as in "401 M_UNKNOWN_TOKEN". */
    static String error(AccessTokens tokens, String token) {
        try {
            return "accepted: " + tokens.requester(from(token), ADDRESS);
        } catch (MatrixException exception) {
            return exception.status() + " " + exception.code();
        }
    }
}
