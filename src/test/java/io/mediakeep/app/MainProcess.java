package io.mediakeep.app;

import io.mediakeep.app.command.Main;
import io.mediakeep.testing.process.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The main class in a process of its own, from the class path of the tests, for starts that are expected to fail.
 *
 * @param code its exit code
 * @param errors its standard error output
 * @param output its standard output, which has the log
 */
public record MainProcess(int code, String errors, String output) {
    private static final long TIMEOUT_SECONDS = 90;

    /** Runs it in a directory until it exits. */
    public static MainProcess run(Path directory, String... arguments) throws IOException, InterruptedException {
        Path errors = directory.resolve("errors.log");
        Path output = directory.resolve("output.log");
        Process process = new ProcessBuilder(command(arguments))
                .directory(directory.toFile())
                .redirectError(errors.toFile())
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it runs, though it should not: " + read(output) + read(errors));
        }
        return new MainProcess(process.exitValue(), read(errors), read(output));
    }

    /** The command. */
    public static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                ServerProcess.java(),
                ServerProcess.QUICK_START,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
