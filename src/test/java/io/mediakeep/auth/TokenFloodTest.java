package io.mediakeep.auth;

import static io.mediakeep.auth.AccessTokensTest.HOME;
import static io.mediakeep.auth.AccessTokensTest.from;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.server.TestHomeserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many invalid tokens reach neither the homeserver nor take the permits of valid ones. */
class TokenFloodTest {
    private static final String ATTACKER = "192.0.2.66";
    private static final int FLOOD = 100;

    private final TestHomeserver homeserver = new TestHomeserver();
    private final AtomicLong time = new AtomicLong();
    private final AtomicInteger number = new AtomicInteger();
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final AccessTokens tokens = new AccessTokens(
            new AuthSettings(Optional.of(homeserver.url()), Duration.ofSeconds(60), List.of(), List.of()),
            HOME,
            Duration.ofMinutes(1),
            time::get);

    @AfterEach
    void stop() {
        tokens.close();
        homeserver.close();
        executor.shutdownNow();
    }

    @Test
    void anAddressWithTooManyFailuresIsRejectedWithoutACheck() {
        for (int i = 0; i < FailedAuthentications.MAX_FAILURES; i++) {
            assertThat(invalid(ATTACKER)).isEqualTo("401 M_UNKNOWN_TOKEN");
        }
        int requests = requestCount();
        assertThat(invalid(ATTACKER)).isEqualTo("429 M_LIMIT_EXCEEDED PT1M");
        assertThat(requestCount()).isEqualTo(requests);
        assertThat(invalid("192.0.2.67")).isEqualTo("401 M_UNKNOWN_TOKEN");
        time.addAndGet(FailedAuthentications.WINDOW.toNanos());
        assertThat(invalid(ATTACKER)).isEqualTo("401 M_UNKNOWN_TOKEN");
    }

    @Test
    void theSameInvalidTokenIsCountedOnce() {
        for (int i = 0; i < FLOOD; i++) {
            assertThat(outcome("wrong", ATTACKER)).isEqualTo("401 M_UNKNOWN_TOKEN");
        }
        assertThat(outcome("another", ATTACKER)).isEqualTo("401 M_UNKNOWN_TOKEN");
    }

    @Test
    void aRecentlyValidTokenIsAcceptedWhereOthersFailTooOften() {
        homeserver.addUser("good", "@alice:example.org");
        assertThat(outcome("good", ATTACKER)).isEqualTo("@alice:example.org");
        time.addAndGet(Duration.ofSeconds(30).toNanos());
        for (int i = 0; i < FLOOD; i++) {
            invalid(ATTACKER);
        }
        time.addAndGet(Duration.ofSeconds(31).toNanos());
        int requests = requestCount();
        assertThat(invalid(ATTACKER)).startsWith("429 ");
        assertThat(outcome("good", ATTACKER)).isEqualTo("@alice:example.org");
        assertThat(requestCount()).isEqualTo(requests + 1);
    }

    @Test
    void concurrentChecksOfAnAddressAreLimited() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        hold(open);
        Future<List<Object>> flood = executor.submit(() -> Concurrently.run(FLOOD, () -> invalid(ATTACKER)));
        Eventually.holds(() -> assertThat(requestCount()).isEqualTo(TokenChecks.MAX_WAITING / 2));
        List<String> users = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String user = "@user" + i + ":example.org";
            homeserver.addUser("good" + i, user);
            users.add(outcome("good" + i, "198.51.100." + i));
            assertThat(users.get(i)).isEqualTo(user);
        }
        open.countDown();
        assertThat(flood.get().stream().filter("401 M_UNKNOWN_TOKEN"::equals)).hasSize(TokenChecks.MAX_WAITING / 2);
        assertThat(flood.get().stream().filter("429 M_LIMIT_EXCEEDED PT1S"::equals))
                .hasSize(FLOOD - TokenChecks.MAX_WAITING / 2);
        assertThat(outcome("good0", ATTACKER)).isEqualTo("@user0:example.org");
    }

    @Test
    void joiningACheckRequiresAPermit() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        hold(open);
        Future<List<Object>> flood = executor.submit(() -> Concurrently.run(FLOOD, () -> outcome("wrong", ATTACKER)));
        Eventually.holds(() -> assertThat(requestCount()).isEqualTo(1));
        open.countDown();
        assertThat(flood.get()).containsAnyOf("401 M_UNKNOWN_TOKEN");
        assertThat(requestCount()).isEqualTo(1);
    }

    /** Delays the response to all invalid tokens. */
    private void hold(CountDownLatch latch) {
        homeserver.respond(TestHomeserver.WHOAMI, exchange -> {
            if (!exchange.getRequestHeaders().getFirst("Authorization").startsWith("Bearer good")) {
                TestHomeserver.delayed(latch, TestHomeserver.json(401, "{}")).to(exchange);
            } else {
                homeserver.sendWhoami(exchange);
            }
        });
    }

    private String invalid(String address) {
        return outcome("wrong" + number.incrementAndGet(), address);
    }

    private String outcome(String token, String address) {
        try {
            return tokens.requester(from(token), address).user().value();
        } catch (MatrixException exception) {
            return exception.status() + " " + exception.code()
                    + exception.retryAfter().map(wait -> " " + wait).orElse("");
        }
    }

    private int requestCount() {
        return homeserver.requestCount(TestHomeserver.WHOAMI);
    }
}
