package io.mediakeep.persistence.shared;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.H2Database;
import io.mediakeep.testing.MutableClock;
import io.mediakeep.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeasesTest {
    private final MutableClock clock = new MutableClock();
    private final List<String> done = new ArrayList<>();

    @TempDir
    Path directory;

    @Test
    void onlyOneNodeWorksAtATimeOnH2() throws IOException {
        onlyOneNodeWorksAtATime(H2Database.in(directory));
    }

    @Test
    void onlyOneNodeWorksAtATimeOnPostgres() throws IOException {
        onlyOneNodeWorksAtATime(PostgresServer.freshDatabase());
    }

    private void onlyOneNodeWorksAtATime(DatabaseSettings settings) throws IOException {
        try (Database database = Database.open(settings)) {
            Leases one = new Leases(database.transactions(), clock);
            Leases other = new Leases(database.transactions(), clock);
            one.whileHolding("work", Duration.ofMinutes(1), () -> {
                other.whileHolding("work", Duration.ofMinutes(1), () -> done.add("while another holds it"));
                other.whileHolding("other work", Duration.ofMinutes(1), () -> done.add("of another name"));
                clock.advance(Duration.ofMinutes(1));
                other.whileHolding("work", Duration.ofMinutes(1), () -> done.add("after it lapsed"));
            });
            one.whileHolding("work", Duration.ofMinutes(1), () -> {
                clock.advance(Duration.ofDays(-3650));
                other.whileHolding("work", Duration.ofMinutes(1), () -> done.add("after the clock was set back"));
            });
            other.whileHolding("work", Duration.ofMinutes(1), () -> done.add("after it was given back"));
        }
        assertThat(done)
                .containsExactly(
                        "of another name",
                        "after it lapsed",
                        "after the clock was set back",
                        "after it was given back");
    }
}
