package io.mediakeep.app.command;

/** The exit codes of the server and of commands. After SIGINT or SIGTERM the JVM exits a command with 130 or 143. */
final class ExitCode {
    /** All is done, and all is well. */
    static final int DONE = 0;

    /** A command has found something that needs attention; the server cannot run in this environment. */
    static final int FOUND = 1;

    /** Invalid arguments or configuration; a command could not do its work. */
    static final int FAILED = 2;

    private ExitCode() {}
}
