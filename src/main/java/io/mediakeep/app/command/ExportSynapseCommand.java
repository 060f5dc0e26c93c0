package io.mediakeep.app.command;

import io.mediakeep.app.ImportAssembly;
import io.mediakeep.config.Config;
import io.mediakeep.jobs.JobError;
import io.mediakeep.migrate.export.SynapseRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code export synapse}: writes files into the media store of a Synapse, and rows into its database or as SQL. */
@Command(
        name = "synapse",
        description = "Writes all media into the media store of a Synapse, and its rows into the database or a file."
                + " It can be repeated: files and rows that exist stay, and only the quarantine is updated.")
final class ExportSynapseCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @ParentCommand
    private ExportCommand parent;

    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    @Option(
            names = "--media-store",
            required = true,
            paramLabel = "DIRECTORY",
            description = "media_store_path of the Synapse.")
    private Path mediaStore;

    @SuppressWarnings("NullAway.Init")
    @ArgGroup(multiplicity = "1")
    private Target target;

    /** Where the rows are written. */
    static final class Target {
        @Option(
                names = "--database",
                paramLabel = "URL",
                description = "Its database: jdbc:postgresql://host/name?user=NAME&password=PASSWORD,"
                        + " or jdbc:sqlite: and the path of the file.")
        private @Nullable String database;

        @Option(names = "--sql", paramLabel = "FILE", description = "A new file of SQL, for both databases.")
        private @Nullable Path sql;

        SynapseRows open() throws IOException {
            if (database != null) {
                return SynapseRows.database(database);
            }
            if (sql == null) {
                throw new IllegalStateException("one of them is required");
            }
            return SynapseRows.sql(sql);
        }
    }

    private long errors;

    @Override
    public Integer call() throws IOException {
        Config config = parent.config();
        try (CommandStorage storage = CommandStorage.open(config);
                SynapseRows rows = target.open()) {
            long written = ImportAssembly.export(config.serverName(), storage.assembly(), mediaStore)
                    .run(rows, this::print);
            spec.commandLine().getErr().println("export synapse: " + written + " media items, " + errors + " errors");
            return errors == 0 ? ExitCode.DONE : ExitCode.FOUND;
        }
    }

    private void print(JobError error) {
        errors++;
        spec.commandLine().getOut().println(JobText.error(error));
    }
}
