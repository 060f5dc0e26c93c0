package io.mediakeep.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.content.Content;
import io.mediakeep.persistence.DatabaseSettings;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.LogCapture;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A request that waits on one node for an upload to another completes, whatever happens to the connection for
 * announcements. The nodes of this test do not check periodically.
 */
@TestInstance(Lifecycle.PER_CLASS)
class LostConnectionsTest {
    private static final String LISTENERS = " from pg_stat_activity where application_name = 'mediakeep announcements'";

    private Path directory;
    private EmbeddedPostgres server;
    private MediaNode a;
    private MediaNode b;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        directory = temporary;
        server = postgres(0);
        String url = server.getJdbcUrl("postgres", "postgres");
        DatabaseSettings database = new DatabaseSettings(url, Optional.of("postgres"), Optional.empty(), 4);
        a = new MediaNode(database, directory, new NodeOptions());
        b = new MediaNode(database, directory, new NodeOptions());
    }

    /** @param port 0 for any */
    private EmbeddedPostgres postgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.resolve("postgres"))
                .setCleanDataDirectory(false)
                .start();
    }

    @AfterAll
    void stop() throws IOException {
        a.close();
        b.close();
        server.close();
    }

    @Test
    void invalidAnnouncementsAreIgnored() throws Exception {
        for (String nonsense :
                new String[] {"", "nonsense", "mxc://", "mxc://a b/c", "mxc://example.org/~", "x".repeat(7000)}) {
            execute("select cast(pg_notify('mediakeep', '" + nonsense + "') as varchar)");
        }
        waitingRequestsComplete();
    }

    @Test
    void aFailingListenerIsLoggedOnceAndDoesNotAffectOthers() throws Exception {
        a.database
                .announcements()
                .addListener(
                        name -> {
                            throw new StackOverflowError("a fault of ours");
                        },
                        () -> {});
        try (LogCapture log = new LogCapture()) {
            waitingRequestsComplete();
            waitingRequestsComplete();
            assertThat(log.text()).containsOnlyOnce("StackOverflowError: a fault of ours");
        }
    }

    @Test
    void aClosedConnectionIsReplaced() throws Exception {
        for (int cuts = 0; cuts < 3; cuts++) {
            awaitListeners();
            execute("select cast(count(pg_terminate_backend(pid)) as varchar)" + LISTENERS);
            waitingRequestsComplete();
        }
    }

    @Test
    void cachesAreClearedAfterMissedAnnouncements() throws Exception {
        awaitListeners();
        Set<String> heard = ConcurrentHashMap.newKeySet();
        CountDownLatch missed = new CountDownLatch(1);
        a.database.announcements().addListener(heard::add, missed::countDown);
        Mxc mxc = b.upload(MediaNode.ALICE, "a cat");
        Eventually.holds(() -> assertThat(heard).contains(mxc.toString()));
        assertThat(a.read(mxc)).isEqualTo("a cat");
        a.transactions.run(entities -> entities.createQuery("delete from MediaEntity where mediaId = :id")
                .setParameter("id", mxc.mediaId())
                .executeUpdate());
        assertThat(a.read(mxc)).isEqualTo("a cat");
        execute("select cast(count(pg_terminate_backend(pid)) as varchar)" + LISTENERS);
        assertThat(missed.await(1, TimeUnit.MINUTES)).isTrue();
        assertThatThrownBy(() -> a.read(mxc)).hasCauseInstanceOf(MatrixException.class);
    }

    @Test
    void aRestartedServerIsConnectedAgain() throws Exception {
        Mxc before = a.uploads.create(MediaNode.ALICE).mxc();
        Future<Content> waiting = b.open(before, Duration.ofMinutes(5));
        int port = server.getPort();
        server.close();
        server = postgres(port);
        Eventually.holds(
                () -> assertThatCode(() -> execute("select 'here again'")).doesNotThrowAnyException());
        a.uploads.complete(before, MediaNode.uploadOf(MediaNode.ALICE, "a cat"));
        assertThat(waiting.get(3, TimeUnit.SECONDS).size()).isEqualTo(5);
        waitingRequestsComplete();
        assertThat(a.database.announcements().connected()).isTrue();
    }

    /** A generous bound: it takes a few milliseconds on a machine that has time. */
    private void waitingRequestsComplete() throws Exception {
        awaitListeners();
        Mxc mxc = a.uploads.create(MediaNode.ALICE).mxc();
        Future<Content> reader = b.open(mxc, Duration.ofMinutes(5));
        a.uploads.complete(mxc, MediaNode.uploadOf(MediaNode.ALICE, "a cat"));
        assertThat(reader.get(10, TimeUnit.SECONDS).size()).isEqualTo(5);
    }

    private void awaitListeners() throws Exception {
        Eventually.holds(() -> assertThat(a.database.announcements().connected()
                        && b.database.announcements().connected())
                .isTrue());
    }

    private String execute(String sql) {
        return a.transactions.call(entities ->
                (String) entities.createNativeQuery(sql, String.class).getSingleResult());
    }
}
