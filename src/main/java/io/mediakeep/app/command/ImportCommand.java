package io.mediakeep.app.command;

import io.mediakeep.app.ImportAssembly;
import io.mediakeep.config.Config;
import io.mediakeep.migrate.ImportJob;
import io.mediakeep.migrate.ImportSettings;
import io.mediakeep.migrate.Imports;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code import}: adopts the media of the configured stores, and with a subcommand what else can be imported. */
@Command(
        name = "import",
        description = "Adopts the media of the stores that are configured (import.sources), and shows the progress."
                + " With --server an import that the server has begun is followed.",
        subcommands = {
            ImportStoreCommand.Synapse.class,
            ImportStoreCommand.Mmr.class,
            ImportStoreCommand.Dendrite.class,
            ImportArchiveCommand.class
        })
final class ImportCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @ParentCommand
    private Main main;

    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Mixin
    private final JobOptions where = new JobOptions();

    /** The configuration. */
    Config config() {
        return main.config();
    }

    @Override
    public Integer call() throws IOException {
        return where.run(spec.commandLine(), "import", () -> {
            Config config = config();
            if (config.imports().sources().isEmpty()) {
                throw new CommandException("no source is configured (import.sources); or name one: import synapse …");
            }
            return start(config, config.imports(), Imports::job);
        });
    }

    /** Starts the import of stores in this process. */
    static FollowedJob start(Config config, ImportSettings settings, Function<Imports, ImportJob> job)
            throws IOException {
        return LocalJob.start(
                config,
                (storage, leases) -> job.apply(ImportAssembly.imports(settings, config.serverName(), storage, leases)),
                kind -> ImportJob.parameters(settings.sources()));
    }
}
