package io.mediakeep.persistence;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mediakeep.testing.LogCapture;
import io.mediakeep.testing.MutableClock;
import io.mediakeep.testing.PostgresServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    /**
     * The database runs on this machine, so its clock is that of the system; responses may be slow on a loaded machine.
     */
    private static final long NEAR_SECONDS = 20;

    @Test
    void isTheClockOfPostgres() {
        assertDatabaseTime(PostgresServer.freshDatabase());
    }

    @Test
    void isTheClockOfH2() {
        assertDatabaseTime(new DatabaseSettings("jdbc:h2:mem:clock", Optional.empty(), Optional.empty(), 2));
    }

    private static void assertDatabaseTime(DatabaseSettings settings) {
        MutableClock wrong = new MutableClock();
        wrong.advance(Duration.between(wrong.instant(), Instant.now().minus(Duration.ofHours(1))));
        try (Database database = Database.open(settings);
                LogCapture log = new LogCapture()) {
            DatabaseClock clock = new DatabaseClock(database.transactions(), wrong, System::nanoTime);
            assertThat(clock.instant()).isCloseTo(Instant.now(), within(NEAR_SECONDS, SECONDS));
            assertThat(clock.ahead()).isCloseTo(Duration.ofHours(-1), Duration.ofSeconds(NEAR_SECONDS));
            clock.measure();
            assertThat(log.text()).containsOnlyOnce("WARN The clock of this node differs from the database's by PT-");
            wrong.advance(Duration.ofHours(2));
            assertThat(clock.instant()).isCloseTo(Instant.now(), within(NEAR_SECONDS, SECONDS));
        }
    }

    @Test
    void aSlowResponseDoesNotChangeIt() {
        DatabaseSettings settings = new DatabaseSettings("jdbc:h2:mem:slow", Optional.empty(), Optional.empty(), 2);
        MutableClock own = new MutableClock();
        AtomicLong now = new AtomicLong();
        AtomicLong step = new AtomicLong();
        try (Database database = Database.open(settings)) {
            DatabaseClock clock = new DatabaseClock(database.transactions(), own, () -> now.addAndGet(step.get()));
            Duration ahead = clock.ahead();
            own.advance(Duration.ofHours(1));
            step.set(Duration.ofSeconds(3).toNanos());
            clock.measure();
            assertThat(clock.ahead()).isEqualTo(ahead);
            step.set(0);
            clock.measure();
            assertThat(clock.ahead()).isCloseTo(ahead.plusHours(1), Duration.ofSeconds(NEAR_SECONDS));
        }
    }

    @Test
    void aCorrectClockIsNotLoggedAndAdvances() {
        DatabaseSettings settings = new DatabaseSettings("jdbc:h2:mem:right", Optional.empty(), Optional.empty(), 2);
        try (Database database = Database.open(settings);
                LogCapture log = new LogCapture()) {
            DatabaseClock clock = new DatabaseClock(database.transactions(), Clock.systemUTC(), System::nanoTime);
            Instant before = clock.instant();
            assertThat(clock.instant()).isAfter(before);
            assertThat(log.text()).doesNotContain("clock");
        }
    }
}
