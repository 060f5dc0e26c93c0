package io.mediakeep.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.disk.DiskBlobStore;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.upload.ExpiringMedia;
import io.mediakeep.media.upload.Upload;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.persistence.shared.StoreIdentity;
import io.mediakeep.testing.Completed;
import io.mediakeep.testing.InputStreamPublisher;
import io.mediakeep.testing.TestImages;
import io.mediakeep.testing.disk.InterceptedFilePath;
import io.mediakeep.testing.powercut.PowerCuts;
import io.mediakeep.testing.powercut.RecordedDisk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.store.fs.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cuts the power at random moments of uploads, deletions, thumbnails and access times by eight concurrent clients,
 * builds a state that this may leave of the database, the blobs and the spool, and opens it: acknowledged content is
 * served unchanged, and no partial content is served.
 */
class PowerCutTest {
    /** The numbers of recorded uploads and of power cuts: few in a build, more with system properties. */
    private static final int UPLOADS = Integer.getInteger("mediakeep.cut.uploads", 160),
            CUTS = Integer.getInteger("mediakeep.cut.points", 10);

    private static final int CLIENTS = 8;

    private final Queue<Acknowledged> answered = new ConcurrentLinkedQueue<>();

    /** An upload that was acknowledged after a number of recorded events. */
    private record Acknowledged(Mxc mxc, byte[] image, int at) {}

    @TempDir
    Path directory;

    @Test
    void acknowledgedUploadsSurvivePowerCuts() throws Exception {
        assertThat(problems(CUTS, path -> true)).isEmpty();
    }

    @Test
    void anOmittedForceOfTheJournalIsDetected() throws Exception {
        assertThat(problems(4, path -> !path.toString().endsWith(".journal"))).isNotEmpty();
    }

    private List<String> problems(int points, RecordedDisk.Forces forces) throws Exception {
        Path data = Files.createDirectory(directory.resolve("data"));
        try (RecordedDisk disk = new RecordedDisk(data, directory.resolve("recording"), forces)) {
            int opened;
            new DiskBlobStore(disk.path().resolve("blobs")).identify(new StoreIdentity(UUID.randomUUID(), ""));
            try (ThumbnailNode node = node(InterceptedFilePath.SCHEME + ":" + data, disk.path())) {
                opened = disk.now();
                work(node, disk);
            }
            PowerCuts cuts = new PowerCuts(disk, Files.createDirectory(directory.resolve("images")));
            Random random = new Random(Long.getLong("mediakeep.cut.seed", 5));
            List<String> problems = new ArrayList<>();
            for (int at : random.ints(points, opened, disk.now()).sorted().toArray()) {
                Path left = Files.createTempDirectory(directory, "left");
                cuts.cut(at, random, left);
                problemAfter(at, left).ifPresent(problems::add);
                FileUtils.deleteRecursive(left.toString(), false);
            }
            return problems;
        }
    }

    private Optional<String> problemAfter(int at, Path left) throws Exception {
        try (ThumbnailNode node = node(left.toString(), left)) {
            for (Acknowledged upload : answered) {
                if (upload.at() <= at) {
                    assertThat(ServedContent.read(node, upload.mxc())).isEqualTo(upload.image());
                }
            }
            ServedContent.assertAllIntact(node);
            return Optional.empty();
        } catch (ExecutionException | RuntimeException | AssertionError lost) {
            return Optional.of("after " + at + " events: " + lost);
        }
    }

    private void work(ThumbnailNode node, RecordedDisk disk) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(CLIENTS);
        List<Future<?>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            int first = client * UPLOADS;
            clients.add(executor.submit(() -> {
                for (int seed = first; seed < first + UPLOADS / CLIENTS; seed++) {
                    work(node, disk, new UserId("@client" + first + ":example.org"), seed);
                }
                return null;
            }));
        }
        for (Future<?> client : clients) {
            client.get();
        }
        executor.shutdown();
    }

    private void work(ThumbnailNode node, RecordedDisk disk, UserId user, int seed) throws Exception {
        byte[] image = TestImages.png(40 + seed % 29, 30, seed);
        Mxc mxc = upload(node, user, image, seed % 3 == 0);
        answered.add(new Acknowledged(mxc, image, disk.now()));
        if (seed % 4 == 0) {
            node.open(mxc, ThumbnailsContract.SMALL).get();
        }
        if (seed % 5 == 0) {
            node.accesses.write();
        }
        if (seed % 6 == 0) {
            storeExpiring(node, image);
            storeExpiring(node, ("borrowed " + seed).getBytes(StandardCharsets.UTF_8));
            node.expiring.removeExpired(10);
        }
    }

    private static Mxc upload(ThumbnailNode node, UserId user, byte[] image, boolean later) throws Exception {
        Upload upload = new Upload(
                user,
                ContentType.OCTET_STREAM,
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                new InputStreamPublisher(new ByteArrayInputStream(image)));
        if (!later) {
            return Completed.of(node.uploads.upload(upload));
        }
        Mxc mxc = node.uploads.create(user).mxc();
        Completed.of(node.uploads.complete(mxc, upload));
        return mxc;
    }

    /** Stores media that has already expired. */
    private static void storeExpiring(ThumbnailNode node, byte[] image) throws IOException {
        ExpiringMedia.Source source = new ExpiringMedia.Source(
                ContentType.OCTET_STREAM, Optional.empty(), image.length, new ByteArrayInputStream(image));
        node.expiring.store(source, node.clock.instant());
    }

    private static ThumbnailNode node(String database, Path data) throws IOException {
        String url = "jdbc:h2:" + database + "/mediakeep";
        return new ThumbnailNode(
                new DatabaseSettings(url, Optional.empty(), Optional.empty(), 10),
                data.resolve("blobs"),
                new NodeOptions());
    }
}
