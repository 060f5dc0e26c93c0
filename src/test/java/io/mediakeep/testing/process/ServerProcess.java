package io.mediakeep.testing.process;

import jakarta.annotation.PostConstruct;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.startup.Tomcat;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, which writes its log into a file. */
public final class ServerProcess implements RunningServer {
    /** The log line of Mediakeep when it is ready. */
    public static final Pattern LISTENING = Pattern.compile("Listening on (http://\\S+)");

    /** The server of most tests runs too shortly for the second JIT compiler to be worth its time. */
    public static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    /** Undoes {@link #QUICK_START}, for servers under load. */
    public static final String BOTH_COMPILERS = "-XX:TieredStopAtLevel=4";

    private static final Duration TIMEOUT = Duration.ofSeconds(90);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final Process process;
    private final Path log;
    private final URI url;

    private ServerProcess(Process process, Path log, Pattern ready, @Nullable URI url) {
        this.process = process;
        this.log = log;
        Matcher said = awaitInLog(ready);
        this.url = url == null ? URI.create(said.group(1)) : url;
    }

    /** Starts the WAR by itself in a directory with its mediakeep.yaml. */
    public static ServerProcess ofWar(Path directory, String... jvmOptions) throws IOException {
        List<String> command = new ArrayList<>(List.of(java(), QUICK_START));
        command.addAll(List.of(jvmOptions));
        command.addAll(
                List.of("-jar", Path.of("target/mediakeep.war").toAbsolutePath().toString()));
        return start(command, directory, LISTENING, null);
    }

    /** Starts the WAR on Tomcat in a directory with its mediakeep.yaml. */
    public static ServerProcess ofTomcat(Path directory, String... jvmOptions) throws IOException {
        String tomcat = Stream.of(Tomcat.class, PostConstruct.class, TomcatMain.class)
                .map(ServerProcess::origin)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>(List.of(java(), QUICK_START));
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of(
                "-DMEDIAKEEP_CONFIG=" + directory.resolve("mediakeep.yaml").toAbsolutePath(),
                "-cp",
                tomcat,
                TomcatMain.class.getName(),
                Path.of("target/mediakeep.war").toAbsolutePath().toString()));
        return start(command, directory, LISTENING, null);
    }

    /** The jar or directory of a class. */
    private static String origin(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }

    /** Starts a command in a directory; the server is ready when its log matches. */
    public static ServerProcess start(List<String> command, Path directory, Pattern ready, @Nullable URI url)
            throws IOException {
        Path log = Files.createTempFile(directory, "server", ".log");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServerProcess(process, log, ready, url);
    }

    /** The java command of the JVM that runs the tests. */
    public static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    @Override
    public URI url() {
        return url;
    }

    /** The process. */
    public Process process() {
        return process;
    }

    /** The log so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends SIGKILL. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends SIGTERM; returns the exit code. */
    public int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("the server did not stop:\n" + log());
        }
        return process.exitValue();
    }

    private Matcher awaitInLog(Pattern line) {
        Instant end = Instant.now().plus(TIMEOUT);
        while (Instant.now().isBefore(end) && process.isAlive()) {
            Matcher said = line.matcher(log());
            if (said.find()) {
                return said;
            }
            LockSupport.parkNanos(POLL_INTERVAL.toNanos());
        }
        process.destroyForcibly();
        throw new AssertionError("the server did not start:\n" + log());
    }

    @Override
    public void close() throws IOException {
        try {
            terminate();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
