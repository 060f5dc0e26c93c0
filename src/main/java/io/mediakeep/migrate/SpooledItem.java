package io.mediakeep.migrate;

import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.jobs.JobError;
import io.mediakeep.migrate.source.SourceRow;
import io.mediakeep.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An item whose file was read, or could not be.
 *
 * @param spool the bytes; absent when they are not had
 * @param errors why, or what is remarkable
 */
record SpooledItem(SourceRow row, Optional<Spool> spool, List<JobError> errors) {
    /** Failures of the disk that is written to. */
    private static final Set<StorageFailure> OURS =
            EnumSet.of(StorageFailure.NO_SPACE, StorageFailure.QUOTA_EXCEEDED, StorageFailure.READ_ONLY);

    /**
     * Reads the file of an item.
     *
     * @throws UncheckedIOException, MatrixException when it cannot be written here
     */
    static SpooledItem of(SourceItem item, SpoolDirectory spools) {
        try {
            Path file = item.source().file(item.row());
            return checked(item.row(), item.source().settings().link() ? spools.link(file) : spools.copy(file));
        } catch (IOException failure) {
            if (StorageFailure.of(failure).filter(OURS::contains).isPresent()) {
                throw new UncheckedIOException(failure);
            }
            return failed(item.row(), RowError.of(item.row(), failure));
        }
    }

    /** An item whose file was read; it is closed if it has not the hash of the row. */
    static SpooledItem checked(SourceRow row, Spool spool) throws IOException {
        Optional<JobError> damage = RowError.damage(row, spool.id(), spool.size());
        if (damage.isPresent()) {
            spool.close();
            return failed(row, damage.get());
        }
        return new SpooledItem(
                row,
                Optional.of(spool),
                RowError.otherSize(row, spool.size()).stream().toList());
    }

    private static SpooledItem failed(SourceRow row, JobError error) {
        return new SpooledItem(row, Optional.empty(), List.of(error));
    }
}
