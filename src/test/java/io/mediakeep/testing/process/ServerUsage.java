package io.mediakeep.testing.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The resources that a process of this machine uses, from {@code /proc} and {@code jcmd}.
 *
 * @param threads of the process, those of the JVM included
 * @param liveHeap in bytes: reachable after a full collection
 * @param descriptors open files and sockets
 */
public record ServerUsage(long threads, long liveHeap, long descriptors) {
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    /** Measures, after a full garbage collection. */
    public static ServerUsage of(Process jvm) throws IOException {
        Path process = Path.of("/proc", Long.toString(jvm.pid()));
        return new ServerUsage(entries(process.resolve("task")), liveHeap(jvm.pid()), entries(process.resolve("fd")));
    }

    private static long entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }

    private static long liveHeap(long pid) throws IOException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process histogram = new ProcessBuilder(jcmd, Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String said = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher total = TOTAL.matcher(said);
        if (!total.find()) {
            throw new IOException("jcmd printed: " + said);
        }
        return Long.parseLong(total.group(1));
    }
}
