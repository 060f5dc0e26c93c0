package io.mediakeep.migrate;

import io.mediakeep.blob.BlobId;
import io.mediakeep.blob.Spool;
import io.mediakeep.blob.SpoolDirectory;
import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.Progress;
import io.mediakeep.jobs.ProgressCatalog;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.migrate.archive.ArchiveReader;
import io.mediakeep.migrate.archive.ArchiveReader.ArchivedContent;
import io.mediakeep.migrate.source.SourceEntry;
import io.mediakeep.migrate.source.SourceRow;
import io.mediakeep.migrate.source.UnreadableRow;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Adopts the media in one part of an archive. It can be repeated: what is known here is left as it is. */
final class ArchiveImport {
    /** How many bytes a batch has, unless it is a single content. */
    private static final long MAX_BYTES = 64L << 20;

    private final Adoption adoption;
    private final SpoolDirectory spools;
    private final Consumer<JobError> errors;
    private final Map<BlobId, List<SourceRow>> expected = new HashMap<>();
    private final List<SpooledItem> batch = new ArrayList<>();
    private long batchBytes;

    /** @param errors receives what could not be adopted */
    ArchiveImport(Adoption adoption, SpoolDirectory spools, Consumer<JobError> errors) {
        this.adoption = adoption;
        this.spools = spools;
        this.errors = errors;
    }

    /**
     * Reads a part to its end.
     *
     * @throws io.mediakeep.migrate.archive.InvalidArchiveException when it is none
     * @throws IOException when it cannot be read, or something cannot be stored here; what was adopted stays
     */
    void run(InputStream archive) throws IOException {
        try (ArchiveReader reader = new ArchiveReader(archive)) {
            expect(reader.media());
            for (Optional<ArchivedContent> next = reader.nextContent(); next.isPresent(); next = reader.nextContent()) {
                receive(next.get());
            }
            adoptBatch();
        } finally {
            closeBatch();
        }
        expected.values()
                .forEach(rows ->
                        rows.forEach(row -> errors.accept(RowError.of(row, "The archive does not have its content"))));
    }

    private void expect(List<SourceEntry> media) {
        media.stream()
                .filter(UnreadableRow.class::isInstance)
                .map(UnreadableRow.class::cast)
                .forEach(row -> errors.accept(new JobError(row.subject(), row.reason())));
        List<SourceRow> rows = media.stream()
                .filter(SourceRow.class::isInstance)
                .map(SourceRow.class::cast)
                .toList();
        Set<Mxc> known = known(rows);
        rows.stream()
                .filter(row -> !known.contains(row.mxc()))
                .forEach(row -> expected.computeIfAbsent(row.hash().orElseThrow(), hash -> new ArrayList<>())
                        .add(row));
    }

    private Set<Mxc> known(List<SourceRow> rows) {
        return adoption.known(rows.stream().map(SourceRow::mxc).collect(Collectors.toSet()));
    }

    private void receive(ArchivedContent content) throws IOException {
        List<SourceRow> rows = expected.remove(content.hash());
        if (rows == null) {
            return;
        }
        Spool spool = spools.receive(content.bytes(), Long.MAX_VALUE);
        batchBytes += spool.size();
        for (SourceRow row : rows) {
            batch.add(SpooledItem.checked(row, spool));
        }
        if (batch.size() >= Adoption.MAX_BATCH || batchBytes >= MAX_BYTES) {
            adoptBatch();
            closeBatch();
        }
    }

    private void adoptBatch() throws IOException {
        for (int from = 0; from < batch.size(); from += Adoption.MAX_BATCH) {
            List<SpooledItem> part = batch.subList(from, Math.min(batch.size(), from + Adoption.MAX_BATCH));
            adoption.adoptSpooled(part, ProgressCatalog.NONE, (added, failed) -> new Progress("", 0, 0, failed))
                    .forEach(errors);
        }
    }

    private void closeBatch() throws IOException {
        for (SpooledItem item : batch) {
            if (item.spool().isPresent()) {
                item.spool().get().close();
            }
        }
        batch.clear();
        batchBytes = 0;
    }
}
