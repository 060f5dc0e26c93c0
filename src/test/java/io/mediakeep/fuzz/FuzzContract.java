package io.mediakeep.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parsers of untrusted data get damaged inputs, and stay within their limits. The inputs are derived from a seed. An
 * input that violates a limit is written to {@code target/fuzz}; once the bug is fixed it belongs in the corpus.
 *
 * <p>{@code src/fuzz/run.sh} runs such a test with more inputs ({@code -Dmediakeep.fuzz.count}) or with others ({@code
 * -Dmediakeep.fuzz.seed}) than a build does.
 */
public abstract class FuzzContract {
    private static final Logger log = LoggerFactory.getLogger(FuzzContract.class);
    private static final Path CORPORA = Path.of("src/fuzz/corpus");
    private static final Path FINDINGS = Path.of("target/fuzz");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long seed = Long.getLong("mediakeep.fuzz.seed", 42);
    private final int inputsInBuild;
    private final Limits limits;
    private long maxBytes;
    private long maxTime;

    /**
     * A test of one parser.
     *
     * @param inputsInBuild the number of damaged inputs in a build
     * @param limits for one input
     */
    protected FuzzContract(int inputsInBuild, Limits limits) {
        this.inputsInBuild = inputsInBuild;
        this.limits = limits;
    }

    /** Valid inputs, and inputs that once violated a limit. */
    protected abstract List<byte[]> corpus() throws IOException;

    /** The inputs in a directory below {@code src/fuzz/corpus}. */
    protected static List<byte[]> files(String directory) throws IOException {
        try (Stream<Path> files = Files.list(CORPORA.resolve(directory))) {
            return files.sorted().map(FuzzContract::read).toList();
        }
    }

    /** The lines of a file below {@code src/fuzz/corpus}, each of which is an input. */
    protected static List<byte[]> lines(String file) throws IOException {
        return Files.readAllLines(CORPORA.resolve(file)).stream()
                .map(line -> line.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /**
     * Parses one input, on the calling thread. Returns normally when the input is accepted or rejected as it should be.
     */
    protected abstract void take(byte[] input) throws Exception;

    /** The positions of numbers in an undamaged input, which are set to extreme values. */
    protected List<Field> fields(byte[] input) {
        return List.of();
    }

    /** Tokens that are inserted into inputs: the words and separators of a text format. */
    protected List<String> tokens() {
        return List.of();
    }

    @Test
    void theCorpusStaysWithinTheLimits() throws IOException {
        List<byte[]> inputs = corpus();
        assertThat(inputs).isNotEmpty();
        for (int i = 0; i < inputs.size(); i++) {
            measure(inputs.get(i), "corpus-" + i);
        }
    }

    @Test
    void damagedInputsStayWithinTheLimits() throws IOException {
        List<byte[]> inputs = corpus();
        List<List<Field>> fields = inputs.stream().map(this::fields).toList();
        List<byte[]> tokens = tokens().stream()
                .map(token -> token.getBytes(StandardCharsets.UTF_8))
                .toList();
        long count = Long.getLong("mediakeep.fuzz.count", inputsInBuild);
        for (long i = 0; i < count; i++) {
            SplittableRandom random = new SplittableRandom(seed + i);
            int chosen = random.nextInt(inputs.size());
            byte[] damaged = new Mutations(random, inputs, tokens).of(inputs.get(chosen), fields.get(chosen));
            measure(damaged, String.valueOf(seed + i));
        }
        log.info(
                "{}: {} inputs from seed {}, at most {} bytes and {} ms of processor time each",
                getClass().getSimpleName(),
                count,
                seed,
                maxBytes,
                maxTime / 1_000_000);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void measure(byte[] input, String name) throws IOException {
        long time = THREADS.getCurrentThreadCpuTime();
        long bytes = THREADS.getCurrentThreadAllocatedBytes();
        try {
            take(input);
        } catch (Throwable failure) {
            throw new AssertionError("this input does harm: " + save(input, name), failure);
        }
        bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
        time = THREADS.getCurrentThreadCpuTime() - time;
        maxBytes = Math.max(maxBytes, bytes);
        maxTime = Math.max(maxTime, time);
        if (bytes > limits.bytes() || time > limits.time().toNanos()) {
            throw new AssertionError(
                    "this input costs %d bytes and %s: %s".formatted(bytes, Duration.ofNanos(time), save(input, name)));
        }
    }

    private Path save(byte[] input, String name) throws IOException {
        Files.createDirectories(FINDINGS);
        return Files.write(FINDINGS.resolve(getClass().getName() + "-" + name), input);
    }
}
