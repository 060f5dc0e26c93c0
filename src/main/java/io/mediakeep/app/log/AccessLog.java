package io.mediakeep.app.log;

import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.util.FileSize;
import io.mediakeep.concurrent.DaemonThreads;
import io.mediakeep.config.AccessLogSettings;
import io.mediakeep.container.CompletedRequest;
import io.mediakeep.container.RequestListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The access log: one line for each request, written by a thread of its own. When the disk is slower than the requests,
 * lines are dropped and counted; no request waits. Logback's asynchronous appender drops without a count.
 */
public final class AccessLog implements RequestListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AccessLog.class);

    private static final int MAX_QUEUED = 4096;
    private static final long STOP_SECONDS = 2;

    /** How often dropped lines are reported: with the first one, and then with each of so many. */
    private static final int DROPPED_PER_WARNING = 10_000;

    private final Function<CompletedRequest, String> format;
    private final RollingFileAppender<String> file = new RollingFileAppender<>();
    private final LongAdder dropped = new LongAdder();
    private final ThreadPoolExecutor writer;

    /**
     * Opens the file.
     *
     * @throws IOException when it cannot be written to
     */
    public AccessLog(AccessLogSettings settings) throws IOException {
        this.format =
                settings.format() == AccessLogSettings.Format.JSON ? AccessLogFormat::json : AccessLogFormat::combined;
        open(settings);
        this.writer = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_QUEUED),
                new DaemonThreads("access-log"),
                (line, full) -> drop());
    }

    private void open(AccessLogSettings settings) throws IOException {
        ContextBase context = new ContextBase();
        FixedWindowRollingPolicy files = new FixedWindowRollingPolicy();
        files.setContext(context);
        files.setParent(file);
        files.setFileNamePattern(settings.file() + ".%i");
        files.setMaxIndex(settings.maxFiles());
        SizeBasedTriggeringPolicy<String> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(context);
        size.setMaxFileSize(new FileSize(settings.maxSize()));
        Lines lines = new Lines();
        lines.setContext(context);
        file.setContext(context);
        file.setFile(settings.file().toString());
        file.setRollingPolicy(files);
        file.setTriggeringPolicy(size);
        file.setEncoder(lines);
        lines.start();
        files.start();
        size.start();
        file.start();
        if (!file.isStarted()) {
            throw new IOException("cannot write the access log " + settings.file());
        }
    }

    @Override
    public void completed(CompletedRequest request) {
        String line = format.apply(request);
        writer.execute(() -> file.doAppend(line));
    }

    private void drop() {
        dropped.increment();
        long count = dropped.sum();
        if (count % DROPPED_PER_WARNING == 1) {
            log.warn("The access log is too slow: {} lines were dropped since the start", count);
        }
    }

    /** The number of dropped lines since the start. */
    public long dropped() {
        return dropped.sum();
    }

    /** Writes what is queued, within a limit of time. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        file.stop();
    }

    /** A line is its text and a line feed. */
    private static final class Lines extends EncoderBase<String> {
        private static final byte[] NONE = {};

        @Override
        public byte[] headerBytes() {
            return NONE;
        }

        @Override
        public byte[] encode(String line) {
            return (line + "\n").getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public byte[] footerBytes() {
            return NONE;
        }
    }
}
