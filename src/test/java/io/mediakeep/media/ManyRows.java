package io.mediakeep.media;

import io.mediakeep.persistence.DatabaseSettings;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Fills the database of a node with rows of media that are not due for removal. */
final class ManyRows {
    private static final int BATCH = 500_000;

    private final MediaNode node;
    private final DatabaseSettings database;
    private final String series;

    ManyRows(MediaNode node, DatabaseSettings database) {
        this.node = node;
        this.database = database;
        this.series =
                database.postgresql() ? "generate_series(:first, :last) as numbers(x)" : "system_range(:first, :last)";
    }

    /** Inserts media, a tenth as many previews, and a hundredth as many reservations. */
    void fill(int media) throws SQLException, IOException, InterruptedException {
        if (database.postgresql()) {
            execute(
                    "alter system set autovacuum = off",
                    "select pg_reload_conf()"); // else it would run during the measurement
        }
        for (int first = 1; first <= media; first += BATCH) {
            int last = Math.min(media, first + BATCH - 1);
            fillMedia(first, last);
            fillOthers(first, last);
        }
        settle();
    }

    /** A tenth is remote media, of which a thousandth is quarantined; local media was last accessed long ago. */
    private void fillMedia(int first, int last) {
        insert("stored_blob (hash, location, size, created_at)", """
                lpad(cast(x as varchar), 64, '0'),
                lpad(cast(x as varchar), 64, '0') || '-00000000-0000-0000-0000-000000000000', 1000, x""", first, last);
        insert(
                "media (origin, media_id, uploader, content_type, size, blob_hash, created_at, last_access_at,"
                        + " authenticated_only, quarantined, remote)",
                """
                case when mod(x, 10) = 0 then 'other.example' else 'example.org' end, 'media' || x,
                case when mod(x, 10) = 0 then null else '@user' || mod(x, 1000) || ':example.org' end, 'image/png',
                1000, lpad(cast(x as varchar), 64, '0'), x,
                case when mod(x, 10) = 0 and mod(x, 10000) > 0 then %d + x else x end, false,
                mod(x, 10000) = 0, mod(x, 10) = 0""".formatted(node.clock.millis()),
                first,
                last);
    }

    private void fillOthers(int first, int last) {
        long later = node.clock.millis() + BATCH;
        insert(
                "preview (url_hash, fetched_hour, url, json, expires_at, keep_until)",
                "lpad(cast(x as varchar), 64, '0'), 1, 'https://site.example/', '{}', %d, %d".formatted(later, later),
                first,
                first + (last - first) / 10);
        insert(
                "pending_media (media_id, uploader, created_at, expires_at, claimed_until)",
                "'pending' || x, '@user' || x || ':example.org', 1, %d, 0".formatted(later),
                first,
                first + (last - first) / 100);
    }

    private void insert(String into, String values, int first, int last) {
        node.transactions.run(
                entities -> entities.createNativeQuery("insert into " + into + " select " + values + " from " + series)
                        .setParameter("first", first)
                        .setParameter("last", last)
                        .executeUpdate());
    }

    /** Waits for the background work of the database after so many rows, and for the write-back of the system. */
    private void settle() throws SQLException, IOException, InterruptedException {
        if (database.postgresql()) {
            execute("vacuum analyze", "checkpoint");
        } else {
            node.transactions.run(
                    entities -> entities.createNativeQuery("analyze").executeUpdate());
        }
        new ProcessBuilder("sync").start().waitFor();
    }

    /** Outside of a transaction, which these statements of PostgreSQL require. */
    private void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        database.url(), database.username().orElse(""), "");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
