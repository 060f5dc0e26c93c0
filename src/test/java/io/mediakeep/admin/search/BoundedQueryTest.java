package io.mediakeep.admin.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.persistence.Database;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query that takes too long is ended, and the next one on its connection is not affected. */
class BoundedQueryTest {
    private static final String ROWS = "insert into preview (url_hash, fetched_hour, url, json, expires_at, keep_until)"
            + " select lpad(cast(x as varchar), 64, '0'), 1, '', '', 0, 0 from ";
    private static final String SLOW = "select count(*) from PreviewEntity a, PreviewEntity b, PreviewEntity c,"
            + " PreviewEntity d where a.url || b.url || c.url || d.url = 'none'";

    @Test
    void onH2(@TempDir Path directory) {
        String url = DatabaseSettings.embeddedUrl(directory);
        endsASlowQuery(new DatabaseSettings(url, Optional.empty(), Optional.empty(), 2), "system_range(1, 300)");
    }

    @Test
    void onPostgres() {
        endsASlowQuery(PostgresServer.freshDatabase(), "generate_series(1, 300) as numbers(x)");
    }

    private static void endsASlowQuery(DatabaseSettings settings, String series) {
        try (Database database = Database.open(settings)) {
            database.transactions()
                    .run(entities -> entities.createNativeQuery(ROWS + series).executeUpdate());
            BoundedQueryCatalog queries = new BoundedQueryCatalog(database.transactions(), Duration.ofSeconds(1));
            assertThatThrownBy(() -> queries.call(
                            entities -> entities.createQuery(SLOW, Long.class).getSingleResult()))
                    .isInstanceOfSatisfying(
                            MatrixException.class,
                            failure -> assertThat(failure.status()).isEqualTo(503));
            long count = database.transactions()
                    .call(entities -> entities.createQuery(
                                    "select count(*) from PreviewEntity a, PreviewEntity b where a.url || b.url = ''",
                                    Long.class)
                            .getSingleResult());
            assertThat(count).isEqualTo(90_000);
        }
    }
}
