package io.mediakeep.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.migrate.source.ImportSource;
import io.mediakeep.migrate.source.SourceEntry;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.migrate.source.SourceUnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A scan of two sources, in pages of four rows. */
class ImportScanTest {
    private static final int PAGE = 4;

    @TempDir
    Path directory;

    private SampleStore store(String name) throws Exception {
        return SampleStore.onSqlite(SourceSettings.Kind.SYNAPSE, Files.createDirectory(directory.resolve(name)));
    }

    private static List<SourceEntry> rest(ImportScan scan) {
        List<SourceEntry> all = new ArrayList<>();
        for (List<SourceEntry> batch = scan.next(3); !batch.isEmpty(); batch = scan.next(3)) {
            all.addAll(batch);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 6})
    void aScanThatIsContinuedAtItsPositionReadsEveryRowOnce(int batches) throws Exception {
        SampleStore store = store("one");
        try (ImportSource one = new ImportSource(store.settings());
                ImportSource two = new ImportSource(store("two").settings())) {
            List<ImportSource> sources = List.of(one, two);
            ImportScan interrupted = new ImportScan(sources, "", PAGE);
            List<SourceEntry> read = new ArrayList<>();
            for (int i = 0; i < batches; i++) {
                read.addAll(interrupted.next(3));
            }
            read.addAll(rest(new ImportScan(sources, interrupted.position(), PAGE)));
            assertThat(read).isEqualTo(rest(new ImportScan(sources, "", PAGE)));
            assertThat(read).hasSize(2 * store.items().size());
        }
    }

    @Test
    void aDatabaseThatIsLostInTheMiddleIsReadFromThereOnWhenItIsBack() throws Exception {
        SampleStore store = store("one");
        try (ImportSource source = new ImportSource(store.settings())) {
            List<SourceEntry> all = rest(new ImportScan(List.of(source), "", PAGE));
            ImportScan scan = new ImportScan(List.of(source), "", PAGE);
            List<SourceEntry> read = new ArrayList<>(scan.next(PAGE));
            store.execute("alter table local_media_repository rename to away");
            assertThatThrownBy(() -> scan.next(PAGE)).isInstanceOf(SourceUnavailableException.class);
            store.execute("alter table away rename to local_media_repository");
            read.addAll(rest(new ImportScan(List.of(source), scan.position(), PAGE)));
            assertThat(read).isEqualTo(all);
        }
    }
}
