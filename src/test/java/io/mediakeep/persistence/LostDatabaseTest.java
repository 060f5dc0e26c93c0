package io.mediakeep.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.persistence.journal.ClosedMvStore;
import io.mediakeep.storage.DatabaseUnavailableException;
import io.mediakeep.storage.StorageFailure;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.LogCapture;
import io.mediakeep.testing.disk.InterceptedFilePath;
import io.mediakeep.testing.fault.FaultyDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An H2 database whose disk fails closes itself, and is opened again when the disk works. */
@Timeout(120)
class LostDatabaseTest {
    private static final int CLIENTS = 8;

    private FaultyDisk disk;
    private Database database;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        disk = new FaultyDisk(directory, FaultyDisk.Fault.NO_SPACE);
        database = Database.open(new DatabaseSettings(
                "jdbc:h2:" + InterceptedFilePath.SCHEME + ":" + directory.resolve("mediakeep"),
                Optional.empty(),
                Optional.empty(),
                4));
    }

    @AfterEach
    void close() {
        database.close();
        disk.close();
    }

    private void insert(String name) {
        database.transactions().callDurably(entities -> {
            entities.createNativeQuery("insert into lease (name, holder, held_until) values (:name, '', 0)")
                    .setParameter("name", name)
                    .executeUpdate();
            return true;
        });
    }

    private List<String> stored() {
        return database.transactions()
                .call(entities -> entities.createQuery("select l.name from LeaseEntity l", String.class)
                        .getResultList());
    }

    @Test
    void acknowledgedCommitsSurviveAFailureOfTheDisk() throws Exception {
        insert("before");
        disk.failAfter(0);
        assertThatThrownBy(() -> insert("lost"))
                .isInstanceOf(DatabaseUnavailableException.class)
                .satisfies(failure -> assertThat(StorageFailure.of(failure)).contains(StorageFailure.NO_SPACE));
        Eventually.holds(() -> assertThat(database.state().available()).isFalse());
        disk.repair();
        Eventually.holds(() -> assertThat(database.state().available()).isTrue());
        assertThat(stored()).containsExactly("before");
        insert("after");
        assertThat(stored()).containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void closingAndReopeningAreLoggedOnceEach() throws Exception {
        try (LogCapture log = new LogCapture()) {
            disk.failAfter(0);
            for (int tries = 0; tries < 5; tries++) {
                assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(() -> insert("lost"));
            }
            disk.repair();
            Eventually.holds(() -> assertThat(database.state().available()).isTrue());
            Eventually.holds(() -> assertThat(log.text()).contains("available again"));
            assertThat(log.text())
                    .containsOnlyOnce("The database is not available")
                    .containsOnlyOnce("No space left on device")
                    .containsOnlyOnce("available again")
                    .doesNotContain("Exception");
        }
    }

    @Test
    void listenersAreNotifiedThatAnythingMayHaveChanged() throws Exception {
        CountDownLatch notified = new CountDownLatch(1);
        database.announcements().addListener(name -> {}, notified::countDown);
        disk.failAfter(0);
        assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(() -> insert("lost"));
        disk.repair();
        notified.await();
        assertThat(stored()).isEmpty();
    }

    /** Clients continue while the disk fails repeatedly. */
    @Test
    void acknowledgedCommitsUnderLoadAreNeverLost() throws Exception {
        Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        CountDownLatch enough = new CountDownLatch(1);
        List<CompletableFuture<?>> clients = new ArrayList<>();
        for (int client = 0; client < CLIENTS; client++) {
            String name = "client " + client + " row ";
            clients.add(CompletableFuture.runAsync(
                    () -> {
                        for (int row = 0; enough.getCount() > 0; row++) {
                            try {
                                insert(name + row);
                                acknowledged.add(name + row);
                            } catch (DatabaseUnavailableException expected) {
                                Thread.onSpinWait();
                            }
                        }
                    },
                    task -> new Thread(task).start()));
        }
        for (int calls = 1; calls < 30; calls += 14) {
            disk.failAfter(calls);
            Eventually.holds(() -> assertThat(database.state().available()).isFalse());
            disk.repair();
            Eventually.holds(() -> assertThat(database.state().available()).isTrue());
            int before = acknowledged.size();
            Eventually.holds(() -> assertThat(acknowledged).hasSizeGreaterThan(before));
        }
        enough.countDown();
        for (CompletableFuture<?> client : clients) {
            client.get();
        }
        assertThat(stored()).containsAll(acknowledged);
    }

    @Test
    void commitsBeforeAFailureAreNotAssumedForced(@TempDir Path directory) throws Exception {
        DatabaseSettings settings = new DatabaseSettings(
                "jdbc:h2:file:" + directory.resolve("database"), Optional.empty(), Optional.empty(), 2);
        ReopeningDataSource source = new ReopeningDataSource(
                opening -> ConnectionPool.open(settings, opening), ConnectionPool.open(settings, 0));
        try (source) {
            ConnectionPool used = source.pool();
            used.checkpoint();
            source.requireNotLost(used);
            used.abandon();
            assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(() -> source.requireNotLost(used));
            source.examine(used, new IllegalStateException("whatever it was"));
            Eventually.holds(() -> assertThat(source.pool()).isNotSameAs(used));
            source.pool().checkpoint();
            assertThatExceptionOfType(DatabaseUnavailableException.class).isThrownBy(() -> source.requireNotLost(used));
        }
    }

    /**
     * The state of MVStore after a failed rollback: its counter of users is below zero, and a statement would wait
     * forever.
     */
    @Test
    void noThreadWaitsForeverForAClosedStore() throws Exception {
        H2ConnectionPool pool = (H2ConnectionPool)
                ConnectionPool.open(new DatabaseSettings("jdbc:h2:mem:busy", Optional.empty(), Optional.empty(), 2), 0);
        try (Connection connection = pool.connection()) {
            SessionLocal session =
                    (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
            MVStore store = session.getDatabase().getStore().getMvStore();
            MVStore.TxCounter users = store.registerVersionUsage();
            store.decrementVersionUsageCounter(users);
            store.decrementVersionUsageCounter(users);
            CompletableFuture<?> busy = CompletableFuture.runAsync(store::registerVersionUsage);
            ClosedMvStore.endBusyWaits(store);
            busy.exceptionally(asserted -> null) // where assertions are on, H2 may fail instead of waiting
                    .get(1, TimeUnit.MINUTES);
        } finally {
            pool.close();
        }
    }
}
