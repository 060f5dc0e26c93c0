package io.mediakeep.app.command;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options of a command whose work is a job: where it runs. */
final class JobOptions {
    private static final String TOKEN_VARIABLE = "MEDIAKEEP_TOKEN";

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Let this running server do the work. By default it is done here.")
    private @Nullable URI server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the access token of an administrator, for --server;"
                    + " by default the token is in the variable " + TOKEN_VARIABLE + ".")
    private @Nullable Path tokenFile;

    /** Starts a job in this process. */
    @FunctionalInterface
    interface Local {
        /** Starts it. */
        FollowedJob start() throws IOException;
    }

    /**
     * Starts a job, and follows it to its end.
     *
     * @param endpoint that starts it on a server, below {@code /_mediakeep/admin/v1/}
     * @param local starts it in this process
     * @return one of {@link ExitCode}
     */
    int run(CommandLine command, String endpoint, Local local) throws IOException {
        try (StopSignal stop = StopSignal.install();
                FollowedJob job = server == null ? local.start() : new ServerJob(server, token(), endpoint)) {
            return new JobFollower(command.getOut(), command.getErr()).follow(job, stop);
        }
    }

    private String token() throws IOException {
        if (tokenFile != null) {
            return Files.readString(tokenFile).strip();
        }
        String token = System.getenv(TOKEN_VARIABLE);
        if (token == null || token.isBlank()) {
            throw new CommandException("--server needs the access token of an administrator: set " + TOKEN_VARIABLE
                    + ", or name a file with --token-file");
        }
        return token.strip();
    }
}
