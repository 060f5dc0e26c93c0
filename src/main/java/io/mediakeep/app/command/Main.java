package io.mediakeep.app.command;

import io.mediakeep.app.Mediakeep;
import io.mediakeep.config.Config;
import io.mediakeep.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The main class: runs the server, or the command that the first argument names. */
@Command(
        name = Main.NAME,
        description = "A standalone Matrix content repository. Without a command the server is started.",
        subcommands = {
            CheckCommand.class,
            MoveBlobsCommand.class,
            ExportCommand.class,
            ImportCommand.class,
            HelpCommand.class
        })
public final class Main implements Callable<Integer> {
    static final String NAME = "mediakeep";

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description =
                    "The configuration file; by default mediakeep.yaml in the working directory, if there is one.")
    private @Nullable Path configFile;

    private Main() {}

    /** Executes the command line, and exits with one of {@link ExitCode}. */
    public static void main(String[] args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        System.exit(commandLine().execute(args));
    }

    /** The command line. An argument that begins with {@code @} has no special meaning. */
    static CommandLine commandLine() {
        FailureReport failures = new FailureReport();
        CommandLine commands = new CommandLine(new Main());
        addHelpOption(commands);
        return commands.setExpandAtFiles(false)
                .setParameterExceptionHandler(failures)
                .setExecutionExceptionHandler(failures);
    }

    /** To a command and its subcommands. */
    private static void addHelpOption(CommandLine command) {
        command.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        command.getSubcommands().values().stream()
                .filter(subcommand -> !(subcommand.getCommand() instanceof HelpCommand))
                .forEach(Main::addHelpOption);
    }

    /** The configuration. */
    Config config() {
        return ConfigReader.read(
                Optional.ofNullable(configFile),
                System.getenv(),
                Optional.ofNullable(System.getProperty("MEDIAKEEP_CONFIG")),
                Path.of("").toAbsolutePath());
    }

    /** Runs the server until it is stopped. */
    @Override
    public Integer call() throws IOException {
        Mediakeep.run(config());
        return ExitCode.DONE;
    }
}
