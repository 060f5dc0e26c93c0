package io.mediakeep.migrate;

import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.ProgressCatalog;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.Adopted;
import io.mediakeep.migrate.source.SourceRow;
import io.mediakeep.persistence.Transactions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads the files of media that is not known here, and adopts nothing. */
final class DryRun implements ImportStep {
    private static final Adopted NOTHING = new Adopted(List.of(), List.of(), List.of());

    private final Transactions transactions;
    private final Function<List<Mxc>, Set<Mxc>> known;

    /** @param known which of these content URIs are known here */
    DryRun(Transactions transactions, Function<List<Mxc>, Set<Mxc>> known) {
        this.transactions = transactions;
        this.known = known;
    }

    @Override
    public List<JobError> process(List<SourceItem> batch, ProgressCatalog progress, Recorder recorder) {
        Set<Mxc> here = known.apply(batch.stream().map(item -> item.row().mxc()).toList());
        List<JobError> errors = batch.stream()
                .filter(item -> !here.contains(item.row().mxc()))
                .flatMap(item -> error(item).stream())
                .toList();
        transactions.run(entities -> progress.record(entities, recorder.progress(NOTHING, errors)));
        return errors;
    }

    private static Optional<JobError> error(SourceItem item) {
        SourceRow row = item.row();
        try {
            Path file = item.source().file(row);
            long size = Files.size(file);
            return RowError.damage(row, new SourceFile(file).hash(), size).or(() -> RowError.otherSize(row, size));
        } catch (IOException failure) {
            return Optional.of(RowError.of(row, failure));
        }
    }
}
