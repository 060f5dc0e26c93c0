package io.mediakeep.blob;

import io.mediakeep.testing.process.ServerProcess;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Another JVM with a spool directory below the same root. */
final class SpoolProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final Path file;

    private SpoolProcess(Path root, String task) throws IOException {
        this.process = new ProcessBuilder(
                        ServerProcess.java(),
                        ServerProcess.QUICK_START,
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpoolProcess.class.getName(),
                        root.toString(),
                        task)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        this.output = process.inputReader(StandardCharsets.UTF_8);
        this.file = Path.of(String.valueOf(output.readLine()));
    }

    /** A process that has received a file, and runs until it is killed. */
    static SpoolProcess thatReceives(Path root) throws IOException {
        return new SpoolProcess(root, "receive");
    }

    /** Sweeps in another process; returns the result. */
    static int sweep(Path root) throws IOException {
        try (SpoolProcess other = new SpoolProcess(root, "sweep")) {
            return Integer.parseInt(other.file.toString());
        }
    }

    /** The file that it received. */
    Path file() {
        return file;
    }

    /** Kills the process, and waits for its end. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
    }

    /** The main method of the other process. */
    public static void main(String[] arguments) throws IOException {
        SpoolDirectory spools = SpoolDirectory.open(Path.of(arguments[0]));
        if (arguments[1].equals("sweep")) {
            System.out.println(spools.sweep());
            spools.close();
        } else {
            System.out.println(
                    spools.receive(new ByteArrayInputStream(new byte[10]), 10).file());
            System.in.read(); // until it is killed
        }
    }
}
