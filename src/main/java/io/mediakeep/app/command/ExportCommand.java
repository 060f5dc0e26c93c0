package io.mediakeep.app.command;

import io.mediakeep.config.Config;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code export}: has a subcommand for each format. */
@Command(
        name = "export",
        description = "Writes all media for another server.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ExportSynapseCommand.class)
final class ExportCommand {
    @SuppressWarnings("NullAway.Init")
    @ParentCommand
    private Main main;

    /** The configuration. */
    Config config() {
        return main.config();
    }
}
