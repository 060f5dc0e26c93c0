package io.mediakeep.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.admin.removal.TestRetention;
import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The periodic jobs read only rows that are due, however many others there are. PostgreSQL counts the rows that are
 * read.
 */
class MaintenanceReadsTest {
    private static final int ROWS = 50_000;

    @TempDir
    Path directory;

    @Test
    void readsNoRowsOfStoredMedia() throws Exception {
        DatabaseSettings database = PostgresServer.freshDatabase();
        try (MediaNode node = new MediaNode(database, directory, new NodeOptions())) {
            new ManyRows(node, database).fill(ROWS);
        }
        long before = rowsRead(database);
        try (MediaNode node = new MediaNode(database, directory, new NodeOptions())) {
            node.cleanup.remove();
            TestRetention.enforce(node, TestRetention.remoteAfter(Duration.ofDays(30)));
            assertThat(node.catalog.removeExpired(node.clock.instant(), 500)).isZero();
            node.delete(node.upload(MediaNode.ALICE, "a cat"));
            node.cleanup.remove();
        }
        Eventually.holds(() -> assertThat(rowsRead(database)).isGreaterThan(before)); // counted when a session ends
        assertThat(rowsRead(database) - before).isLessThan(1000);
    }

    /** The number of rows of our tables that were read, by an index or by a sequential scan. */
    private static long rowsRead(DatabaseSettings settings) {
        try (Database database = Database.open(settings)) {
            return database.transactions().call(entities -> (Long) entities.createNativeQuery(
                            "select cast(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as bigint)"
                                    + " from pg_stat_user_tables where relname <> 'flyway_schema_history'",
                            Long.class)
                    .getSingleResult());
        }
    }
}
