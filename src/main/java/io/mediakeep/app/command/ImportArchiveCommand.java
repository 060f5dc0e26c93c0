package io.mediakeep.app.command;

import io.mediakeep.app.ImportAssembly;
import io.mediakeep.app.StorageAssembly;
import io.mediakeep.config.Config;
import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.JobLeaseCatalog;
import io.mediakeep.migrate.ImportSettings;
import io.mediakeep.migrate.Imports;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code import archive}: adopts the media in parts of an archive. */
@Command(
        name = "archive",
        description = "Adopts the media in parts of an archive (docs/administration.md, \"Export\"), in any order."
                + " It can be repeated: what is here already is left as it is.")
final class ImportArchiveCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @ParentCommand
    private ImportCommand parent;

    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The parts, which are tar files.")
    private List<Path> files;

    private long errors;

    @Override
    public Integer call() throws IOException {
        Config config = parent.config();
        try (CommandStorage storage = CommandStorage.open(config)) {
            StorageAssembly assembly = storage.assembly();
            Imports imports = storage.register(ImportAssembly.imports(
                    new ImportSettings(List.of(), OptionalInt.empty()),
                    config.serverName(),
                    assembly,
                    new JobLeaseCatalog(assembly.transactions, assembly.clock)));
            for (Path file : files) {
                adopt(imports, file);
            }
            return errors == 0 ? ExitCode.DONE : ExitCode.FOUND;
        }
    }

    private void adopt(Imports imports, Path file) throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        long before = imports.counts().adopted();
        try {
            imports.adoptArchive(new BufferedInputStream(Files.newInputStream(file)), this::print);
        } catch (IOException failure) {
            throw new CommandException(file + ": " + failure.getMessage(), failure);
        }
        err.println(file + ": " + (imports.counts().adopted() - before) + " media items were adopted");
    }

    private void print(JobError error) {
        errors++;
        spec.commandLine().getOut().println(JobText.error(error));
    }
}
