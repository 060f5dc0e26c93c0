package io.mediakeep.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.disk.InterceptedFilePath;
import io.mediakeep.testing.powercut.RecordedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An H2 database whose file cannot be forced for a while, as on a full disk. */
@Timeout(120)
class FailingForceTest {
    private static final int WRITERS = 8, FAILURES = Integer.getInteger("mediakeep.force.failures", 10);

    private final AtomicInteger names = new AtomicInteger();
    private volatile boolean failing;
    private RecordedDisk disk;
    private Database database;

    @TempDir
    Path directory;

    @BeforeEach
    void open() throws IOException {
        Path data = Files.createDirectory(directory.resolve("data"));
        disk = new RecordedDisk(data, directory.resolve("recording"), path -> forcesUnlessFailing());
        database = Database.open(new DatabaseSettings(
                "jdbc:h2:" + InterceptedFilePath.SCHEME + ":" + data + "/mediakeep",
                Optional.empty(),
                Optional.empty(),
                WRITERS));
    }

    private boolean forcesUnlessFailing() throws IOException {
        if (failing) {
            throw new IOException("disk full");
        }
        return true;
    }

    @AfterEach
    void close() throws IOException {
        database.close();
        disk.close();
    }

    @Test
    void aFailedForceIsReportedAndLaterCommitsAreStored() throws Exception {
        String before = addDurably();
        failing = true;
        assertThatThrownBy(this::addDurably).hasRootCauseMessage("disk full");
        failing = false;
        Eventually.holds(() -> assertThat(outcome()).isNotEmpty());
        assertThat(stored()).contains(before);
    }

    @Test
    void acknowledgedCommitsSurviveFailingForces() throws Exception {
        Queue<String> reported = new ConcurrentLinkedQueue<>();
        AtomicInteger failuresLeft = new AtomicInteger(FAILURES);
        Concurrently.run(WRITERS, () -> {
            while (failuresLeft.get() > 0) {
                Optional<String> outcome = outcome();
                outcome.ifPresent(reported::add);
                if (failing) {
                    failing = outcome.isPresent();
                    failuresLeft.decrementAndGet();
                } else {
                    failing = names.get() % 50 == 0;
                }
            }
            return true;
        });
        failing = false;
        Eventually.holds(() -> assertThat(outcome()).isNotEmpty());
        assertThat(stored()).containsAll(reported);
    }

    private String addDurably() {
        String name = "lease " + names.incrementAndGet();
        database.transactions().callDurably(entities -> {
            entities.createNativeQuery("insert into lease (name, holder, held_until) values (:name, '', 0)")
                    .setParameter("name", name)
                    .executeUpdate();
            return true;
        });
        return name;
    }

    /** The row that was added, or nothing if that failed. */
    private Optional<String> outcome() {
        try {
            return Optional.of(addDurably());
        } catch (RuntimeException failure) {
            return Optional.empty();
        }
    }

    private List<String> stored() {
        return database.transactions()
                .call(entities -> entities.createQuery("select l.name from LeaseEntity l", String.class)
                        .getResultList());
    }
}
