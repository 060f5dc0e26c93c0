package io.mediakeep.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.persistence.shared.StoreIdentity;
import io.mediakeep.persistence.shared.StoreIdentityCatalog;
import io.mediakeep.testing.H2Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseProgressTest {
    private static final Optional<Instant> NEWEST = Optional.of(Instant.parse("2026-01-02T03:04:05Z"));

    @TempDir
    Path directory;

    private Path file;
    private Path progress;

    @BeforeEach
    void begin() {
        file = directory.resolve("mediakeep.mv.db");
        progress = directory.resolve("mediakeep.mv.db.progress");
    }

    @Test
    void aCurrentDatabaseIsAccepted() throws IOException {
        write(20);
        write(20);
        verify(false);
        assertThat(progress).content().matches("\\d+ \\S+\n");
    }

    @Test
    void anOlderCopyIsDetected() throws IOException {
        write(5);
        Path copy = Files.copy(file, directory.resolve("copy"));
        write(40);
        Files.copy(copy, file, StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> verify(false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("older than it was")
                .hasMessageContaining("2026-01-02T03:04:05Z")
                .hasMessageContaining("storage.accept-older-database");
        verify(true);
        write(1);
        verify(false);
    }

    @Test
    void anEmptyDatabaseIsDetected() throws IOException {
        write(200);
        Files.delete(file);
        assertThatThrownBy(() -> verify(false)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPartlyWrittenFileIsIgnored() throws IOException {
        write(5);
        for (String half : new String[] {"", "99999999", "99999999 2026-01-02T03:0", "99999999 yesterday\n"}) {
            Files.writeString(progress, half);
            assertThatCode(() -> verify(false)).as(half).doesNotThrowAnyException();
        }
    }

    @Test
    void anUnchangedStateIsNotWrittenAgain() throws IOException {
        try (Database database = Database.open(settings())) {
            DatabaseProgress noting = progress(database);
            noting.record();
            noting.record(); // the writes of opening the database have ended
            Files.delete(progress);
            noting.record();
            assertThat(progress).doesNotExist();
        }
    }

    private DatabaseSettings settings() {
        return H2Database.in(directory);
    }

    private DatabaseProgress progress(Database database) {
        return new DatabaseProgress(database.transactions(), file, Clock.systemUTC());
    }

    private void write(int times) throws IOException {
        try (Database database = Database.open(settings())) {
            StoreIdentityCatalog identities = new StoreIdentityCatalog(database.transactions());
            for (int i = 0; i < times; i++) {
                identities.set("blobs", new StoreIdentity(new UUID(1, i), ""));
            }
            progress(database).record();
        }
    }

    private void verify(boolean acceptOlder) throws IOException {
        try (Database database = Database.open(settings())) {
            progress(database).verify(() -> NEWEST, acceptOlder);
        }
    }
}
