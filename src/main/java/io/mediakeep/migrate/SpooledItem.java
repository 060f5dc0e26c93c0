package io.mediakeep.migrate;

import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.jobs.JobError;
import io.mediakeep.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
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
record SpooledItem(SourceItem item, Optional<Spool> spool, List<JobError> errors) {
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
            return checked(item, item.source().settings().link() ? spools.link(file) : spools.copy(file));
        } catch (NoSuchFileException missing) {
            return failed(item, "The file is missing: " + item.row().path());
        } catch (AccessDeniedException denied) {
            return failed(item, "The file may not be read: " + item.row().path());
        } catch (IOException failure) {
            if (StorageFailure.of(failure).filter(OURS::contains).isPresent()) {
                throw new UncheckedIOException(failure);
            }
            return failed(item, "The file cannot be read: " + failure.getMessage());
        }
    }

    private static SpooledItem checked(SourceItem item, Spool spool) throws IOException {
        if (item.row().hash().filter(hash -> !hash.equals(spool.id())).isPresent()) {
            spool.close();
            return failed(item, "The file is damaged: it has " + spool.size() + " bytes, and not the hash of its row");
        }
        boolean other = item.row().hash().isEmpty() && item.row().size() != spool.size();
        String remark = "Imported as it is: the file has " + spool.size() + " bytes, and not "
                + item.row().size() + " as its row says";
        return new SpooledItem(item, Optional.of(spool), other ? List.of(error(item, remark)) : List.of());
    }

    private static SpooledItem failed(SourceItem item, String reason) {
        return new SpooledItem(item, Optional.empty(), List.of(error(item, reason)));
    }

    static JobError error(SourceItem item, String reason) {
        return new JobError(item.row().mxc().toString(), reason);
    }
}
