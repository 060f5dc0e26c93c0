package io.mediakeep.app.command;

import io.mediakeep.app.StorageAssembly;
import io.mediakeep.integrity.StoreCheck;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code check}: compares the blob store with the rows. */
@Command(
        name = "check",
        description =
                "Compares the blob store with the rows of the database, in both directions, and prints what is different."
                        + " Servers may run meanwhile.")
final class CheckCommand implements Callable<Integer> {
    @SuppressWarnings("NullAway.Init")
    @ParentCommand
    private Main main;

    @SuppressWarnings("NullAway.Init")
    @Spec
    private CommandSpec spec;

    @Mixin
    private final JobOptions where = new JobOptions();

    @Option(names = "--deep", description = "Read all bytes, and verify their hashes.")
    private boolean deep;

    @Option(
            names = "--repair",
            description = "Remove what nothing refers to, and mark what is lost:"
                    + " that is not served, and remote media is fetched again when it is requested.")
    private boolean repair;

    @Override
    public Integer call() throws IOException {
        return where.run(
                spec.commandLine(),
                "check?deep=" + deep + "&repair=" + repair,
                () -> LocalJob.start(
                        main.config(), StorageAssembly::check, check -> StoreCheck.parameters(deep, repair)));
    }
}
