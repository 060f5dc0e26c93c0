package io.mediakeep.api.admin;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.SessionEventListener;

/** The longest transactions, from the acquisition of a connection to the commit, by what they are for. */
public final class TransactionTimes implements SessionEventListener {
    private static final long serialVersionUID = 1L;
    private static final String JOBS = "jobs";
    private static final Map<String, AtomicLong> longest = new ConcurrentHashMap<>();

    private long begin;

    /** For Hibernate, which creates one for each session. */
    public TransactionTimes() {}

    /** To be called before a database is opened. */
    static void install() {
        System.setProperty("hibernate.session.events.auto", TransactionTimes.class.getName());
    }

    static void clear() {
        longest.clear();
    }

    /** In milliseconds: those of jobs, and those of everything else. */
    static Map<String, Double> longest() {
        Map<String, Double> millis = new TreeMap<>();
        longest.forEach((name, nanos) -> millis.put(name, nanos.get() / 1e6));
        return millis;
    }

    @Override
    public void jdbcConnectionAcquisitionEnd() {
        begin = System.nanoTime();
    }

    @Override
    public void transactionCompletion(boolean successful) {
        if (begin == 0) {
            return; // without any statement
        }
        String name = Thread.currentThread().getName().startsWith(JOBS) ? "job" : "others";
        longest.computeIfAbsent(name, none -> new AtomicLong()).accumulateAndGet(System.nanoTime() - begin, Math::max);
    }
}
