package io.mediakeep.jobs;

import io.mediakeep.persistence.Transactions;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A kind of job that deletes the rows of a table of numbers, ten at a time. */
class Removal implements JobKind {
    static final int BATCH = 10;

    final JobLeaseCatalog leases;
    private final Transactions transactions;

    Removal(Transactions transactions, JobLeaseCatalog leases) {
        this.transactions = transactions;
        this.leases = leases;
    }

    static void createTable(Transactions transactions) {
        transactions.run(entities -> entities.createNativeQuery("create table number (n integer primary key)")
                .executeUpdate());
    }

    /** Adds numbers from 0 on. */
    static void addNumbers(Transactions transactions, int count) {
        String numbers = IntStream.range(0, count).mapToObj(n -> "(" + n + ")").collect(Collectors.joining(","));
        transactions.run(entities -> entities.createNativeQuery("insert into number values " + numbers)
                .executeUpdate());
    }

    static void removeAll(Transactions transactions) {
        transactions.run(
                entities -> entities.createNativeQuery("delete from number").executeUpdate());
    }

    static long countNumbers(Transactions transactions) {
        return transactions.call(entities -> ((Number) entities.createNativeQuery("select count(*) from number")
                        .getSingleResult())
                .longValue());
    }

    @Override
    public String name() {
        return "remove-numbers";
    }

    @Override
    public OptionalLong total(Job job) {
        return OptionalLong.of(countNumbers(transactions));
    }

    @Override
    public boolean step(Job job) {
        return transactions.call(entities -> {
            int removed = delete(entities);
            beforeRecording(job);
            leases.progressOf(job)
                    .record(entities, new Progress(String.valueOf(job.done() + removed), removed, removed, List.of()));
            return removed == BATCH;
        });
    }

    /** What happens at the end of a batch; nothing by default. */
    void beforeRecording(Job job) {}

    private static int delete(EntityManager entities) {
        return entities.createNativeQuery(
                        "delete from number where n in (select n from number order by n limit " + BATCH + ")")
                .executeUpdate();
    }
}
