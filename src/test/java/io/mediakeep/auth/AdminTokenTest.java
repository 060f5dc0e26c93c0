package io.mediakeep.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.auth.AuthSettings.FixedToken;
import io.mediakeep.matrix.ServerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminTokenTest {
    private static final ServerName SERVER = new ServerName("example.org");

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void assertNamesTheFile() {
        file = directory.resolve("admin-token");
    }

    @Test
    void theTokenIsGeneratedOnceAndReadableByItsOwnerOnly() throws IOException {
        FixedToken made = AdminToken.storedIn(file, SERVER, new SecureRandom());
        assertThat(made.admin()).isTrue();
        assertThat(made.token()).hasSize(43);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(AdminToken.storedIn(file, SERVER, new SecureRandom())).isEqualTo(made);
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all).containsExactly(file);
        }
    }

    @Test
    void aFileOfAnotherUserIsRejected() throws IOException {
        AdminToken.storedIn(file, SERVER, new SecureRandom());
        UserPrincipal another = () -> "mallory";
        assertThatThrownBy(() -> AdminToken.requireOwner(another, file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " belongs to ")
                .hasMessageContaining("runs as mallory");
    }

    @Test
    void aSymbolicLinkIsRejected() throws IOException {
        Path elsewhere = directory.resolve("elsewhere");
        Files.createSymbolicLink(file, elsewhere);
        assertRejected();
        AdminToken.storedIn(elsewhere, SERVER, new SecureRandom());
        assertRejected();
    }

    private void assertRejected() {
        assertThatThrownBy(() -> AdminToken.storedIn(file, SERVER, new SecureRandom()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " is not a regular file");
    }
}
