package io.mediakeep.media;

import io.mediakeep.admin.removal.TestRetention;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.PostgresServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Measures the periodic jobs, an upload and a lookup when much is stored and nothing is due: with an empty database,
 * and with as many media as the arguments say, on PostgreSQL and on H2. Run by {@code src/bench/growth.sh}.
 */
final class GrowthBenchmark implements AutoCloseable {
    private static final int BATCH = 500_000;
    private static final int RUNS = 101;
    private static final double MAX_MILLIS = 50;
    private static boolean tooSlow;

    private final MediaNode node;
    private final Path directory;

    private GrowthBenchmark(DatabaseSettings database, Path directory) throws IOException {
        this.directory = directory;
        node = new MediaNode(database, directory.resolve("blobs"), new NodeOptions().quota(1L << 50, 1L << 50));
    }

    /** @param arguments how many media there are in PostgreSQL, and in H2 */
    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("growth");
        DatabaseSettings embedded = new DatabaseSettings(
                "jdbc:h2:file:" + directory.resolve("mediakeep"), Optional.empty(), Optional.empty(), 8);
        measure("H2", embedded, directory.resolve("h2"), Integer.parseInt(arguments[1]));
        measure("PostgreSQL", PostgresServer.freshDatabase(), directory.resolve("pg"), Integer.parseInt(arguments[0]));
        System.exit(tooSlow ? 1 : 0);
    }

    private static void measure(String name, DatabaseSettings database, Path directory, int media) throws Exception {
        Files.createDirectories(directory);
        try (GrowthBenchmark benchmark = new GrowthBenchmark(database, directory)) {
            benchmark.report(name, 0);
            new ManyRows(benchmark.node, database).fill(media);
            benchmark.report(name, media);
        }
    }

    private void report(String database, int media) throws Exception {
        System.out.printf("%s, %,d media: median (fastest, slowest) of %d, ms%n", database, media, RUNS);
        job("remove orphans of uploads", () -> {
            node.cleanup.remove();
            return true;
        });
        job("remove unused media", () -> {
            TestRetention.enforce(node, TestRetention.remoteAfter(Duration.ofDays(30)));
            return true;
        });
        job("remove expired media", () -> node.catalog.removeExpired(node.clock.instant(), BATCH));
        job("renew claims", () -> {
            node.reservations.renew();
            return true;
        });
        job("check awaited uploads", () -> {
            node.pending.checkAll();
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
        time("a forced write of 4 KiB", () -> forcedWrite(directory.resolve("written")));
        time("an upload", () -> node.upload(MediaNode.ALICE, "upload " + System.nanoTime()));
        Mxc last = new Mxc(MediaNode.LOCAL, "media" + Math.max(1, media - 1));
        time("a lookup past the cache", () -> node.catalog.findIntact(last));
    }

    /** The part of an upload that the disk alone determines. */
    private static boolean forcedWrite(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.allocate(4096));
            channel.force(true);
        }
        return true;
    }

    private static void job(String name, Callable<?> work) throws Exception {
        tooSlow |= time(name, work) >= MAX_MILLIS;
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
        System.out.printf("  %-30s %8.2f (%.2f, %.2f)%n", name, millis[RUNS / 2], millis[0], millis[RUNS - 1]);
        return millis[RUNS / 2];
    }

    @Override
    public void close() throws IOException {
        node.close();
    }
}
