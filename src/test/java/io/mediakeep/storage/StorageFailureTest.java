package io.mediakeep.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageFailureTest {
    private static final Path FILE = Path.of("blobs/ab");

    @ParameterizedTest
    @CsvSource({
        "No space left on device, NO_SPACE",
        "Disk quota exceeded, QUOTA_EXCEEDED",
        "Read-only file system, READ_ONLY",
        "Stale file handle, STALE_HANDLE",
        "Too many open files in system, TOO_MANY_OPEN_FILES",
        "Input/output error, IO_ERROR",
        "Auf dem Gerät ist kein Speicherplatz mehr verfügbar, IO_ERROR",
        "Das Dateisystem ist nur lesbar, IO_ERROR"
    })
    void systemErrorsOfAFileAreStorageFailuresInAnyLanguage(String text, StorageFailure kind) {
        IOException failure = StorageFailure.on(FILE, new IOException(text));
        assertThat(StorageFailure.of(new UncheckedIOException(failure))).contains(kind);
        assertThat(StorageFailure.reason(failure)).isEqualTo(text);
    }

    @Test
    void theErrorOfAFullDeviceIsRecognised() {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "only Linux has /dev/full");
        Throwable failure = catchThrowable(() -> Files.write(full, new byte[1]));
        assertThat(StorageFailure.of(failure)).contains(StorageFailure.NO_SPACE);
    }

    @Test
    void otherExceptionsAreNoStorageFailures() {
        assertThat(StorageFailure.of(new IOException("500 from another server")))
                .isEmpty();
        assertThat(StorageFailure.of(new FileSystemException("a file"))).contains(StorageFailure.IO_ERROR);
        assertThat(StorageFailure.of(new NoSuchFileException("a file"))).isEmpty();
        assertThat(StorageFailure.on(FILE, new EOFException())).isInstanceOf(EOFException.class);
    }
}
