package io.mediakeep.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.UserId;
import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.MutableClock;
import io.mediakeep.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators did is recorded, within bounds. */
class AuditTest {
    private static final UserId ADMIN = new UserId("@admin:example.org");

    private final MutableClock clock = new MutableClock();

    @Test
    void theNewestEntriesAreShownFirstOnH2(@TempDir Path directory) {
        showsTheNewestFirst(embedded(directory));
    }

    @Test
    void theNewestEntriesAreShownFirstOnPostgres() {
        showsTheNewestFirst(PostgresServer.freshDatabase());
    }

    private static DatabaseSettings embedded(Path directory) {
        return new DatabaseSettings(DatabaseSettings.embeddedUrl(directory), Optional.empty(), Optional.empty(), 4);
    }

    private void showsTheNewestFirst(DatabaseSettings settings) {
        try (Database database = Database.open(settings)) {
            AuditCatalog catalog = new AuditCatalog(database.transactions());
            Audit audit = new Audit(catalog, clock);
            audit.record(ADMIN, "protect media", Map.of("media", "mxc://example.org/cat"), Map.of());
            audit.record(ADMIN, "purge remote media", Map.of(), Map.of("deleted", 3L));
            List<AuditEntry> entries = catalog.newest(Long.MAX_VALUE, 10);
            assertThat(entries).extracting(AuditEntry::action).containsExactly("purge remote media", "protect media");
            assertThat(entries.get(0).counts()).hasToString("{\"deleted\":3}");
            assertThat(entries.get(1).parameters()).hasToString("{\"media\":\"mxc://example.org/cat\"}");
            assertThat(entries.get(1).administrator()).isEqualTo(ADMIN);
            assertThat(entries.get(1).recordedAt()).isEqualTo(clock.instant());
            assertThat(catalog.newest(entries.get(0).id(), 10)).isEqualTo(entries.subList(1, 2));
            removesWhatIsOlderThanAYear(audit, catalog);
        }
    }

    private void removesWhatIsOlderThanAYear(Audit audit, AuditCatalog catalog) {
        clock.advance(Audit.MAX_AGE);
        audit.removeOld();
        assertThat(catalog.newest(Long.MAX_VALUE, 10)).hasSize(2);
        audit.record(ADMIN, "newer", Map.of(), Map.of());
        clock.advance(Duration.ofMillis(1));
        audit.removeOld();
        assertThat(catalog.newest(Long.MAX_VALUE, 10))
                .extracting(AuditEntry::action)
                .containsExactly("newer");
    }

    @Test
    void theLongestParametersHaveRoom(@TempDir Path directory) {
        try (Database database = Database.open(embedded(directory))) {
            AuditCatalog catalog = new AuditCatalog(database.transactions());
            Map<String, String> parameters = new LinkedHashMap<>();
            Map<String, Long> counts = new LinkedHashMap<>();
            for (int i = 0; i < 100; i++) {
                parameters.put("parameter" + i, "\u0001".repeat(100_000));
                counts.put("count" + i, Long.MIN_VALUE);
            }
            new Audit(catalog, clock).record(ADMIN, "x".repeat(64), parameters, counts);
            AuditEntry entry = catalog.newest(Long.MAX_VALUE, 1).get(0);
            assertThat(entry.parameters().getString("parameter0"))
                    .hasSize(Audit.MAX_VALUE_LENGTH)
                    .endsWith("\u0001…");
            assertThat(entry.counts()).hasSize(16);
        }
    }
}
