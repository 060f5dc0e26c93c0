package io.mediakeep.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.storage.StoreUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class StartupFailureTest {

    @Test
    void fileErrorsHaveThePathAndTheReason() {
        assertThat(StartupFailure.describe(new UncheckedIOException(new AccessDeniedException("/data"))))
                .isEqualTo("/data cannot be used: permission denied");
        assertThat(StartupFailure.describe(new NoSuchFileException("/data")))
                .isEqualTo("/data cannot be created or does not exist");
        assertThat(StartupFailure.describe(new FileAlreadyExistsException("/data")))
                .isEqualTo("/data is not a directory");
        assertThat(StartupFailure.describe(new FileSystemException("/data", null, "No space left on device")))
                .isEqualTo("/data: No space left on device");
    }

    @Test
    void databaseErrorsHaveTheMessageOfTheDriver() {
        SQLException rejected =
                new SQLException("Connection to db:5432 refused.\n  Is it running?", new IOException("no"));
        assertThat(StartupFailure.describe(new IllegalStateException("the pool", rejected)))
                .isEqualTo("Connection to db:5432 refused. Is it running?");
    }

    @Test
    void errorsOfARemoteBlobStoreNameIt() {
        StoreUnavailableException absent =
                new StoreUnavailableException("the S3 store cannot be used: timeout", new IOException("timeout"));
        assertThat(StartupFailure.describe(new UncheckedIOException(absent)))
                .isEqualTo("the S3 store cannot be used: timeout");
    }

    @Test
    void otherErrorsHaveTheMessageOfTheRootCause() {
        assertThat(StartupFailure.describe(new IllegalStateException("outside", new IOException("inside"))))
                .isEqualTo("inside");
        assertThat(StartupFailure.describe(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }
}
