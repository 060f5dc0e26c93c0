package io.mediakeep.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * One answer for all who ask the same question at the same time. The first asker works, the others wait for the result
 * or the exception of that work; afterwards nothing is remembered.
 */
public final class SingleFlight<K, V> {
    private final ConcurrentMap<K, CompletableFuture<V>> flying = new ConcurrentHashMap<>();

    /** The result of the work that runs for this key, or of {@code work} when none runs. */
    public V ask(K key, Supplier<V> work) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> theirs = flying.putIfAbsent(key, mine);
        return theirs == null ? fly(key, mine, work) : landed(theirs);
    }

    /** As {@link #ask}, but nobody waits: neither the work nor its result holds a thread. */
    public CompletableFuture<V> join(K key, Supplier<? extends CompletionStage<V>> work) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> theirs = flying.putIfAbsent(key, mine);
        if (theirs == null) {
            takeOff(work).whenComplete((result, failure) -> {
                flying.remove(key, mine);
                if (failure == null) {
                    mine.complete(result);
                } else {
                    mine.completeExceptionally(failure);
                }
            });
        }
        return (theirs == null ? mine : theirs).copy(); // so that nobody ends it for the others
    }

    private static <V> CompletionStage<V> takeOff(Supplier<? extends CompletionStage<V>> work) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedStage(failure);
        }
    }

    private V fly(K key, CompletableFuture<V> flight, Supplier<V> work) {
        try {
            V result = work.get();
            flight.complete(result);
            return result;
        } catch (Throwable failure) {
            flight.completeExceptionally(failure);
            throw failure;
        } finally {
            flying.remove(key, flight);
        }
    }

    private static <V> V landed(CompletableFuture<V> flight) {
        try {
            return flight.join();
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failure;
        }
    }
}
