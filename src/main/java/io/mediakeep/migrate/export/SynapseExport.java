package io.mediakeep.migrate.export;

import io.mediakeep.jobs.JobError;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.MediaPosition;
import io.mediakeep.media.blob.BlobReader;
import io.mediakeep.migrate.archive.ArchiveCatalog;
import io.mediakeep.migrate.archive.ArchiveScope;
import io.mediakeep.migrate.archive.ArchivedMedia;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes stored media as Synapse has it: first each file into its media store, then its row. It can be repeated.
 * Thumbnails and images of URL previews are not written.
 */
public final class SynapseExport {
    private static final int BATCH = 100;

    private final ArchiveCatalog catalog;
    private final ServerName localServer;
    private final SynapseFiles files;

    /** @param mediaStore the directory of Synapse */
    public SynapseExport(ArchiveCatalog catalog, BlobReader reader, ServerName localServer, Path mediaStore) {
        this.catalog = catalog;
        this.localServer = localServer;
        this.files = new SynapseFiles(mediaStore, reader);
    }

    /**
     * Writes all media.
     *
     * @param errors receives what could not be written
     * @return the number of items that were
     * @throws IOException when files or rows cannot be written
     */
    public long run(SynapseRows rows, Consumer<JobError> errors) throws IOException {
        Optional<MediaPosition> position = Optional.of(MediaPosition.START);
        long written = 0;
        while (position.isPresent()) {
            List<ArchivedMedia> page = catalog.after(position.get(), ArchiveScope.ALL, BATCH);
            List<SynapseRow> batch = withFiles(page, errors);
            rows.write(batch);
            written += batch.size();
            position = page.isEmpty()
                    ? Optional.empty()
                    : Optional.of(ArchiveCatalog.positionOf(page.get(page.size() - 1), ArchiveScope.ALL));
        }
        return written;
    }

    private List<SynapseRow> withFiles(List<ArchivedMedia> page, Consumer<JobError> errors) throws IOException {
        List<SynapseRow> rows = new ArrayList<>();
        for (ArchivedMedia media : page) {
            SynapseRow row = media.row().mxc().server().equals(localServer)
                    ? SynapseRow.local(media.row())
                    : SynapseRow.remote(media.row());
            Optional<String> failure = files.write(media, row.path());
            failure.ifPresentOrElse(
                    reason -> errors.accept(new JobError(media.row().mxc().toString(), reason)), () -> rows.add(row));
        }
        return rows;
    }
}
