package io.mediakeep.media;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.persistence.Leases;
import io.mediakeep.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * How long the periodic jobs, an upload and a lookup take when much is kept and there is nothing to do: with an empty
 * database, and with so many media as the arguments say, on PostgreSQL and on H2. Run by {@code src/bench/growth.sh}.
 */
final class GrowthBenchmark implements AutoCloseable {
    private static final int BATCH = 500_000;
    private static final int RUNS = 21;
    private static final double MOST_MILLIS = 50;
    private static boolean tooSlow;

    private final Node node;
    private final Retention retention;
    private final String series;

    private GrowthBenchmark(DatabaseSettings database, Path folder) throws IOException {
        node = new Node(database, folder.resolve("blobs"), Node.Options.PLAIN.quota(1L << 50, 1L << 50));
        retention = new Retention(
                new RetentionSettings(Optional.of(Duration.ofDays(30))),
                new RemoteMediaCatalog(node.transactions, node.database.announcements(), node.blobCatalog),
                new Leases(node.transactions, node.clock),
                node.clock);
        series = database.postgresql() ? "generate_series(:first, :last) as numbers(x)" : "system_range(:first, :last)";
    }

    /** @param arguments how many media there are in PostgreSQL, and in H2 */
    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createTempDirectory("growth");
        DatabaseSettings embedded = new DatabaseSettings(
                "jdbc:h2:file:" + folder.resolve("mediakeep"), Optional.empty(), Optional.empty(), 8);
        measure("H2", embedded, folder.resolve("h2"), Integer.parseInt(arguments[1]));
        measure("PostgreSQL", PostgresServer.freshDatabase(), folder.resolve("pg"), Integer.parseInt(arguments[0]));
        System.exit(tooSlow ? 1 : 0);
    }

    private static void measure(String name, DatabaseSettings database, Path folder, int media) throws Exception {
        Files.createDirectories(folder);
        try (GrowthBenchmark benchmark = new GrowthBenchmark(database, folder)) {
            benchmark.report(name, 0);
            benchmark.fill(media);
            benchmark.report(name, media);
        }
    }

    /** A tenth is another server's, of which a thousandth is quarantined; ours was asked for last a long time ago. */
    private void fill(int media) {
        long now = node.clock.millis();
        for (int first = 1; first <= media; first += BATCH) {
            int last = Math.min(media, first + BATCH - 1);
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
                    mod(x, 10000) = 0, mod(x, 10) = 0""".formatted(now),
                    first,
                    last);
            insert(
                    "preview (url_hash, fetched_hour, url, json, expires_at, keep_until)",
                    "lpad(cast(x as varchar), 64, '0'), 1, 'https://site.example/', '{}', %d, %d"
                            .formatted(now + BATCH, now + BATCH),
                    first,
                    first + (last - first) / 10);
            insert(
                    "pending_media (media_id, uploader, created_at, expires_at, claimed_until)",
                    "'pending' || x, '@user' || x || ':example.org', 1, %d, 0".formatted(now + BATCH),
                    first,
                    first + (last - first) / 100);
        }
        node.transactions.run(entities -> entities.createNativeQuery("analyze").executeUpdate());
    }

    private void insert(String into, String values, int first, int last) {
        node.transactions.run(
                entities -> entities.createNativeQuery("insert into " + into + " select " + values + " from " + series)
                        .setParameter("first", first)
                        .setParameter("last", last)
                        .executeUpdate());
    }

    private void report(String database, int media) throws Exception {
        System.out.printf("%s, %,d media: median (slowest) of %d, ms%n", database, media, RUNS);
        job("remove leftovers", () -> {
            node.leftovers.remove();
            return true;
        });
        job("remove what nobody asks for", () -> {
            retention.enforce();
            return true;
        });
        job("remove expired media", () -> node.catalog.removeExpired(node.clock.instant(), BATCH));
        job("renew claims", () -> {
            node.reservations.renew();
            return true;
        });
        job("look again", () -> {
            node.pending.lookAgain();
            return true;
        });
        job("write times of last access", () -> {
            node.accesses.write();
            return true;
        });
        job("measure the clock", () -> {
            node.database.clock().measure();
            return true;
        });
        time("an upload", () -> node.upload(Node.ALICE, "upload " + System.nanoTime()));
        Mxc last = new Mxc(Node.HOME, "media" + Math.max(1, media - 1));
        time("a lookup past the cache", () -> node.catalog.find(last));
    }

    private static void job(String name, Callable<?> work) throws Exception {
        tooSlow |= time(name, work) >= MOST_MILLIS;
    }

    /** The median in milliseconds, without a first run that fills caches. */
    private static double time(String name, Callable<?> work) throws Exception {
        work.call();
        double[] millis = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            long start = System.nanoTime();
            work.call();
            millis[run] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        System.out.printf("  %-30s %8.2f (%.2f)%n", name, millis[RUNS / 2], millis[RUNS - 1]);
        return millis[RUNS / 2];
    }

    @Override
    public void close() throws IOException {
        node.close();
    }
}
