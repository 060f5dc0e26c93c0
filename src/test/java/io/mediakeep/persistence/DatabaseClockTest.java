package io.mediakeep.persistence;

import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mediakeep.testing.MovableClock;
import io.mediakeep.testing.PostgresServer;
import io.mediakeep.testing.Recording;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
    /** The database runs on this machine, so its clock is the system's; answers may be slow on a loaded machine. */
    private static final long NEAR_SECONDS = 20;

    @Test
    void isThatOfPostgresWhateverTheNodeThinks() {
        isThatOfTheDatabase(PostgresServer.freshDatabase());
    }

    @Test
    void isThatOfH2WhateverTheNodeThinks() {
        isThatOfTheDatabase(new DatabaseSettings("jdbc:h2:mem:clock", Optional.empty(), Optional.empty(), 2));
    }

    private static void isThatOfTheDatabase(DatabaseSettings settings) {
        MovableClock wrong = new MovableClock();
        wrong.pass(Duration.between(wrong.instant(), Instant.now().minus(Duration.ofHours(1))));
        try (Database database = Database.open(settings);
                Recording log = new Recording()) {
            DatabaseClock clock = new DatabaseClock(database.transactions(), wrong);
            assertThat(clock.instant()).isCloseTo(Instant.now(), within(NEAR_SECONDS, SECONDS));
            assertThat(clock.ahead()).isCloseTo(Duration.ofHours(-1), Duration.ofSeconds(NEAR_SECONDS));
            clock.measure();
            assertThat(log.text()).containsOnlyOnce("WARN The clock of this node differs from the database's by PT-");
            wrong.pass(Duration.ofHours(2));
            assertThat(clock.instant()).isCloseTo(Instant.now(), within(NEAR_SECONDS, SECONDS));
        }
    }

    @Test
    void aNodeWhoseClockIsRightSaysNothingAndGoesOnInBetween() {
        DatabaseSettings settings = new DatabaseSettings("jdbc:h2:mem:right", Optional.empty(), Optional.empty(), 2);
        try (Database database = Database.open(settings);
                Recording log = new Recording()) {
            DatabaseClock clock = new DatabaseClock(database.transactions(), Clock.systemUTC());
            Instant before = clock.instant();
            assertThat(clock.instant()).isAfter(before);
            assertThat(log.text()).doesNotContain("clock");
        }
    }
}
