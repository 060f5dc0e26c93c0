package io.mediakeep.app.command;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import picocli.CommandLine.Help.Ansi;

/**
 * The progress of a command. On a terminal it is the last line, which is rewritten, and what is printed meanwhile appears above it,
 * also the log. Elsewhere it is a line every ten seconds.
 */
final class ProgressLine implements AutoCloseable {
    /** ECMA-48: to the beginning of the line, and erase it. */
    private static final String ERASE = "\r\u001b[K";

    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final PrintWriter err;
    private final boolean terminal;
    private final InstantSource clock;
    private final PrintStream output = System.out;
    private Instant due;
    private boolean shown;

    ProgressLine(PrintWriter err, boolean terminal, InstantSource clock) {
        this.err = err;
        this.terminal = terminal;
        this.clock = clock;
        this.due = clock.instant().plus(PERIOD);
        if (terminal) {
            System.setOut(new PrintStream(new AboveTheLine(), true, Charset.defaultCharset()));
        }
    }

    /** Rewrites the line if the standard output is a terminal that understands escape sequences. */
    static ProgressLine on(PrintWriter err) {
        return new ProgressLine(err, Ansi.AUTO.enabled(), InstantSource.system());
    }

    /** Shows the progress, which has no line breaks. */
    synchronized void show(String progress) {
        if (terminal) {
            err.print(ERASE + progress);
            err.flush();
            shown = true;
        } else if (!clock.instant().isBefore(due)) {
            err.println(progress);
            due = clock.instant().plus(PERIOD);
        }
    }

    private synchronized void erase() {
        if (shown) {
            err.print(ERASE);
            err.flush();
            shown = false;
        }
    }

    @Override
    public void close() {
        erase();
        if (terminal) {
            System.setOut(output);
        }
    }

    /** The standard output, which erases the progress before anything is printed. */
    private final class AboveTheLine extends FilterOutputStream {
        AboveTheLine() {
            super(output);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            erase();
            out.write(bytes, offset, length);
        }
    }
}
