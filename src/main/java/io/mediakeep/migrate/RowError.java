package io.mediakeep.migrate;

import io.mediakeep.blob.BlobId;
import io.mediakeep.jobs.JobError;
import io.mediakeep.migrate.source.SourceRow;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Why media of another store cannot be adopted, or not as its row says. */
final class RowError {
    private RowError() {}

    static JobError of(SourceRow row, String reason) {
        return new JobError(row.mxc().toString(), reason);
    }

    /** The file cannot be read. */
    static JobError of(SourceRow row, IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return of(row, "The file is missing: " + row.path());
        }
        return failure instanceof AccessDeniedException
                ? of(row, "The file may not be read: " + row.path())
                : of(row, "The file cannot be read: " + failure.getMessage());
    }

    /** The file has not the hash of its row. */
    static Optional<JobError> damage(SourceRow row, BlobId hash, long size) {
        return row.hash()
                .filter(expected -> !expected.equals(hash))
                .map(other -> of(row, "The file is damaged: it has " + size + " bytes, and not the hash of its row"));
    }

    /** The row has no hash and another size, which old servers wrote. */
    static Optional<JobError> otherSize(SourceRow row, long size) {
        return row.hash().isPresent() || row.size() == size
                ? Optional.empty()
                : Optional.of(of(
                        row,
                        "Imported as it is: the file has " + size + " bytes, and not " + row.size()
                                + " as its row says"));
    }
}
