package io.mediakeep.app.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import ch.qos.logback.core.util.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of lines of one kind in each period, and logs at its end how many were omitted. A kind is a level,
 * a logger and a format. Logback's {@code DuplicateMessageFilter} neither summarises nor resets its counts.
 */
public final class RepetitionFilter extends Filter<ILoggingEvent> {
    static final String SUMMARY = "{} more lines like \"{}\" were omitted";

    /**
     * How many kinds are distinguished in one period; further ones, as of a library that formats messages itself, are
     * one.
     */
    private static final int MAX_KINDS = 1000;

    private final Map<Kind, Integer> counts = new ConcurrentHashMap<>();
    private int maxPerPeriod = 200;
    private Duration period = Duration.buildByMinutes(1);
    private @Nullable ScheduledFuture<?> timer;

    private record Kind(Level level, String logger, String format) {}

    /** How many lines of one kind are logged in each period; 200 by default. */
    public void setMaxPerPeriod(int maxPerPeriod) {
        this.maxPerPeriod = maxPerPeriod;
    }

    /** The length of a period; a minute by default. */
    public void setPeriod(Duration period) {
        this.period = period;
    }

    @Override
    public void start() {
        timer = getContext()
                .getScheduledExecutorService()
                .scheduleAtFixedRate(
                        this::endPeriod, period.getMilliseconds(), period.getMilliseconds(), TimeUnit.MILLISECONDS);
        super.start();
    }

    @Override
    public void stop() {
        super.stop();
        if (timer != null) {
            timer.cancel(false);
        }
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (SUMMARY.equals(event.getMessage())) {
            return FilterReply.NEUTRAL; // at most one for each kind in each period
        }
        Kind kind = new Kind(event.getLevel(), event.getLoggerName(), String.valueOf(event.getMessage()));
        Kind counted = counts.size() < MAX_KINDS || counts.containsKey(kind)
                ? kind
                : new Kind(Level.WARN, RepetitionFilter.class.getName(), "(various)");
        return counts.merge(counted, 1, Integer::sum) <= maxPerPeriod ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    /** Logs what was omitted, and resets the counts. */
    void endPeriod() {
        for (Kind kind : List.copyOf(counts.keySet())) {
            @Nullable Integer count = counts.remove(kind);
            if (count != null && count > maxPerPeriod) {
                summarize(kind, count - maxPerPeriod);
            }
        }
    }

    private void summarize(Kind kind, int omitted) {
        ((LoggerContext) getContext())
                .getLogger(kind.logger())
                .atLevel(org.slf4j.event.Level.valueOf(kind.level().toString()))
                .log(SUMMARY, omitted, kind.format());
    }
}
