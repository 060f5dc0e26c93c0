package io.mediakeep.app.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Executes command lines in the JVM of the tests, and captures what they print. */
final class CommandRun {
    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    /** Executes a command line; returns the exit code. */
    int execute(String... arguments) {
        CommandLine commands = Main.commandLine();
        commands.setOut(new PrintWriter(output, true));
        commands.setErr(new PrintWriter(errors, true));
        return commands.execute(arguments);
    }

    /** What it has printed to the standard output. */
    String output() {
        return output.toString();
    }

    /** What it has printed to the standard error output. */
    String errors() {
        return errors.toString();
    }
}
