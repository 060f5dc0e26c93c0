package io.mediakeep.app.command;

import io.mediakeep.config.Config;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.migrate.ImportJob;
import io.mediakeep.migrate.ImportSettings;
import io.mediakeep.migrate.Imports;
import io.mediakeep.migrate.source.ImportSource;
import io.mediakeep.migrate.source.SourceSettings;
import io.mediakeep.migrate.source.SourceUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code import synapse}, {@code mmr} and {@code dendrite}: adopt the media of a store that is not configured. */
abstract class ImportStoreCommand implements Callable<Integer> {
    private final SourceSettings.Kind kind;

    @SuppressWarnings("NullAway.Init")
    @ParentCommand
    private ImportCommand parent;

    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init")
    @Option(
            names = "--database",
            required = true,
            paramLabel = "URL",
            description = "jdbc:postgresql://host/name?user=NAME&password=PASSWORD,"
                    + " or jdbc:sqlite: and the path of the file. It is only read.")
    private String database;

    @SuppressWarnings("NullAway.Init")
    @Option(
            names = "--media-store",
            required = true,
            paramLabel = "DIRECTORY",
            description = "The directory of its files. It is only read.")
    private Path mediaStore;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "The origin of its local media; by default server-name of the configuration.")
    private @Nullable String serverName;

    @Option(names = "--link", description = "Make its files hard links in the blob store where that is possible.")
    private boolean link;

    @Option(names = "--local-only", description = "Leave out its copies of other servers' media.")
    private boolean localOnly;

    @Option(names = "--dry-run", description = "Only read rows and files, and print what could not be had.")
    private boolean dryRun;

    private ImportStoreCommand(SourceSettings.Kind kind) {
        this.kind = kind;
    }

    @Override
    public Integer call() throws IOException {
        Config config = parent.config();
        SourceSettings source = source(config);
        requireReadable(source);
        ImportSettings settings =
                new ImportSettings(List.of(source), config.imports().itemsPerSecond());
        return new JobOptions().run(spec.commandLine(), "", () -> ImportCommand.start(config, settings, this::job));
    }

    private SourceSettings source(Config config) {
        try {
            ServerName origin = serverName == null ? config.serverName() : new ServerName(serverName);
            return new SourceSettings(kind, origin, database, mediaStore, link, !localOnly);
        } catch (IllegalArgumentException invalid) {
            throw new ParameterException(spec.commandLine(), String.valueOf(invalid.getMessage()), invalid);
        }
    }

    /** The job would wait for the store. */
    private void requireReadable(SourceSettings settings) throws CommandException {
        if (!Files.isDirectory(mediaStore)) {
            throw new CommandException("there is no directory " + mediaStore);
        }
        try (ImportSource source = new ImportSource(settings)) {
            source.count();
        } catch (SourceUnavailableException unavailable) {
            throw new CommandException("the store cannot be read: " + unavailable.getMessage(), unavailable);
        }
    }

    private ImportJob job(Imports imports) {
        return dryRun ? imports.dryRunJob() : imports.storeJob();
    }

    @Command(name = "synapse", description = "Adopts the media of a Synapse.")
    static final class Synapse extends ImportStoreCommand {
        Synapse() {
            super(SourceSettings.Kind.SYNAPSE);
        }
    }

    @Command(name = "mmr", description = "Adopts the media of a matrix-media-repo.")
    static final class Mmr extends ImportStoreCommand {
        Mmr() {
            super(SourceSettings.Kind.MMR);
        }
    }

    @Command(name = "dendrite", description = "Adopts the media of a Dendrite.")
    static final class Dendrite extends ImportStoreCommand {
        Dendrite() {
            super(SourceSettings.Kind.DENDRITE);
        }
    }
}
