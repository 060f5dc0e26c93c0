package io.mediakeep.app.command;

import io.mediakeep.app.log.StartupFailure;
import io.mediakeep.config.ConfigException;
import io.mediakeep.matrix.MatrixException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints to the standard error output why a command line cannot be executed, without a stack trace. */
final class FailureReport implements IParameterExceptionHandler, IExecutionExceptionHandler {

    /** One line, and a hint. */
    @Override
    public int handleParseException(ParameterException invalid, String[] args) {
        String reason = invalid instanceof UnmatchedArgumentException unmatched
                ? "Unknown command or option: " + String.join(" ", unmatched.getUnmatched())
                : invalid.getMessage();
        return print(invalid.getCommandLine(), ExitCode.FAILED, reason + " (see: " + Main.NAME + " help)");
    }

    /** One line, or several for a configuration with several mistakes. */
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        if (failure instanceof ConfigException invalid) {
            return print(command, ExitCode.FAILED, String.valueOf(invalid.getMessage()));
        }
        String reason = failure instanceof CommandException || failure instanceof MatrixException
                ? String.valueOf(failure.getMessage())
                : StartupFailure.describe(failure);
        return command.getParent() == null
                ? print(command, ExitCode.FOUND, "Cannot start: " + reason)
                : print(command, ExitCode.FAILED, command.getCommandName() + ": " + reason);
    }

    private static int print(CommandLine command, int code, String line) {
        command.getErr().println(line);
        return code;
    }
}
