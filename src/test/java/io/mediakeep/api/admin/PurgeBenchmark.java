package io.mediakeep.api.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mediakeep.app.ServerInProcess;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Client;
import io.mediakeep.testing.PostgresServer;
import io.mediakeep.testing.StoredData;
import io.mediakeep.testing.TestConfig;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * Purges a tenth of much media through the API, while clients upload and download, and prints their response times and the
 * longest transactions.
 */
final class PurgeBenchmark implements AutoCloseable {
    private static final int BATCH = 50_000;

    /** Media whose files exist: of what is purged, and of what is downloaded. */
    private static final int PURGED_FILES = 500, DOWNLOADED = 200;

    private static final String PURGE = "/_mediakeep/admin/v1/media?keep_profiles=false&";

    /** The times of last access of what is purged are before it. */
    private static final long LIMIT = 1_000_000_000_000L;

    private static final Set<String> ENDED = Set.of("done", "failed", "cancelled");

    /** A purge that takes longer is cancelled. */
    private static final Duration MAX_PURGE = Duration.ofSeconds(Integer.getInteger("mediakeep.purge.seconds", 600));

    private static final Duration BEFORE = Duration.ofSeconds(20);

    private final DatabaseSettings database;
    private final ServerInProcess server;
    private final Client alice;
    private final List<String> downloaded = new ArrayList<>();

    private PurgeBenchmark(DatabaseSettings database, Path directory) throws Exception {
        this.database = database;
        new TestConfig(directory.resolve("data"))
                .on(database)
                .with("blobs: {kind: disk}")
                .writeTo(directory);
        this.server = new ServerInProcess(directory);
        this.alice = new Client(server.url(), TestConfig.ALICE);
    }

    /** @param arguments the number of media items */
    public static void main(String[] arguments) throws Exception {
        TransactionTimes.install();
        Path directory = Files.createTempDirectory("purge");
        int media = Integer.parseInt(arguments[0]);
        measure("PostgreSQL", PostgresServer.freshDatabase(), directory.resolve("pg"), media);
        DatabaseSettings h2 = new DatabaseSettings(
                DatabaseSettings.embeddedUrl(directory.resolve("h2/data")), Optional.empty(), Optional.empty(), 8);
        measure("H2", h2, directory.resolve("h2"), media);
        System.exit(0);
    }

    private static void measure(String name, DatabaseSettings database, Path directory, int media) throws Exception {
        Files.createDirectories(directory);
        try (PurgeBenchmark benchmark = new PurgeBenchmark(database, directory)) {
            benchmark.uploadFiles();
            benchmark.fill(media);
            benchmark.purge("uploader=@user1:example.org"); // so that the code is compiled
            System.out.printf("%s, %,d media%n", name, StoredData.rows(database, "media"));
            TransactionTimes.clear();
            try (ClientLoad load = new ClientLoad(benchmark.alice, benchmark.downloaded)) {
                LockSupport.parkNanos(BEFORE.toNanos());
                load.print("before");
            }
            TransactionTimes.clear();
            try (ClientLoad load = new ClientLoad(benchmark.alice, benchmark.downloaded)) {
                benchmark.purge("kind=local&accessed_before_ts=" + LIMIT);
                load.print("purge");
            }
            System.out.println("  longest transactions, ms: " + TransactionTimes.longest());
        }
    }

    private void uploadFiles() throws Exception {
        Client bob = alice.as(TestConfig.BOB);
        for (int i = 0; i < PURGED_FILES; i++) {
            bob.mxc(("purged " + i).getBytes(UTF_8));
        }
        for (int i = 0; i < DOWNLOADED; i++) {
            downloaded.add(alice.mxc(ClientLoad.randomBytes()));
        }
        StoredData.execute(database, "update media set last_access_at = 1 where uploader = '@bob:example.org'");
    }

    /** Rows whose files do not exist: each tenth was not accessed for long. */
    private void fill(int media) throws Exception {
        for (int first = 1; first <= media; first += BATCH) {
            String series = database.postgresql() ? "generate_series(%d, %d) as numbers(x)" : "system_range(%d, %d)";
            String rows = series.formatted(first, Math.min(media, first + BATCH - 1));
            StoredData.execute(database, """
                    insert into stored_blob (hash, location, size, created_at)
                    select lpad(cast(x as varchar), 64, '0'),
                        lpad(cast(x as varchar), 64, '0') || '-00000000-0000-0000-0000-000000000000', 1000, x
                    from %s""".formatted(rows), """
                    insert into media (origin, media_id, uploader, content_type, size, blob_hash, created_at,
                        last_access_at, authenticated_only, quarantined)
                    select 'example.org', 'media' || x, '@user' || mod(x, 1000) || ':example.org', 'image/png', 1000,
                        lpad(cast(x as varchar), 64, '0'), x,
                        case when mod(x, 10) = 0 then x else %d + x end, false, false
                    from %s""".formatted(LIMIT, rows));
        }
        StoredData.execute(database, database.postgresql() ? "vacuum analyze" : "analyze");
    }

    private void purge(String selection) throws Exception {
        Client admin = alice.as(TestConfig.ADMIN);
        Instant begin = Instant.now(), end = begin.plus(MAX_PURGE);
        String id = Client.json(admin.send(admin.request(PURGE + selection).DELETE()))
                .getJsonObject("job")
                .getString("id");
        JsonObject job = job(admin, id);
        while (!ENDED.contains(job.getString("state"))) {
            if (Instant.now().isAfter(end)) {
                admin.post("/_mediakeep/admin/v1/jobs/" + id + "/cancel");
            }
            LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
            job = job(admin, id);
        }
        System.out.printf(
                "  %d items purged in %d s (%s)%n",
                job.getInt("done"), Duration.between(begin, Instant.now()).toSeconds(), job.getString("state"));
    }

    private static JsonObject job(Client admin, String id) throws Exception {
        return Client.json(admin.get("/_mediakeep/admin/v1/jobs/" + id)).getJsonObject("job");
    }

    @Override
    public void close() {
        server.close();
    }
}
