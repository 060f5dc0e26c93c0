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
 * Lets only so many lines of one kind into the log in each period, and says at its end how many more there were. A kind is
 * a level, a logger and a format. Logback's own {@code DuplicateMessageFilter} neither sums up nor ever forgets.
 */
public final class RepetitionFilter extends Filter<ILoggingEvent> {
    static final String SUMMARY = "{} more lines like \"{}\" were left out";

    /** Kinds that are told apart in one period; those beyond, as of a library that writes its formats anew, are one. */
    private static final int MOST_KINDS = 1000;

    private final Map<Kind, Integer> counts = new ConcurrentHashMap<>();
    private int mostPerPeriod = 200;
    private Duration period = Duration.buildByMinutes(1);
    private @Nullable ScheduledFuture<?> timer;

    private record Kind(Level level, String logger, String format) {}

    /** How many lines of one kind are let through in each period; 200 unless set. */
    public void setMostPerPeriod(int mostPerPeriod) {
        this.mostPerPeriod = mostPerPeriod;
    }

    /** How long a period is; a minute unless set. */
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
            return FilterReply.NEUTRAL; // one for each kind in each period at most
        }
        Kind kind = new Kind(event.getLevel(), event.getLoggerName(), String.valueOf(event.getMessage()));
        Kind counted = counts.size() < MOST_KINDS || counts.containsKey(kind)
                ? kind
                : new Kind(Level.WARN, RepetitionFilter.class.getName(), "(various)");
        return counts.merge(counted, 1, Integer::sum) <= mostPerPeriod ? FilterReply.NEUTRAL : FilterReply.DENY;
    }

    /** Says what was left out and begins to count afresh. */
    void endPeriod() {
        for (Kind kind : List.copyOf(counts.keySet())) {
            @Nullable Integer count = counts.remove(kind);
            if (count != null && count > mostPerPeriod) {
                summarize(kind, count - mostPerPeriod);
            }
        }
    }

    private void summarize(Kind kind, int leftOut) {
        ((LoggerContext) getContext())
                .getLogger(kind.logger())
                .atLevel(org.slf4j.event.Level.valueOf(kind.level().toString()))
                .log(SUMMARY, leftOut, kind.format());
    }
}
