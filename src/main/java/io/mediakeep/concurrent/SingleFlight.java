package io.mediakeep.concurrent;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * One result for all concurrent calls with the same key ("single flight"). The first caller runs the work, the others
 * wait for its result or exception; afterwards nothing is cached.
 */
public final class SingleFlight<K, V> {
    private final ConcurrentMap<K, CompletableFuture<V>> inFlight = new ConcurrentHashMap<>();

    /** The result of the work that runs for this key, or of {@code work} when none runs. */
    public V get(K key, Supplier<V> work) {
        CompletableFuture<V> own = new CompletableFuture<>();
        CompletableFuture<V> running = inFlight.putIfAbsent(key, own);
        return running == null ? run(key, own, work) : await(running);
    }

    /** As {@link #get}, but without blocking: neither the work nor its result holds a thread. */
    public CompletableFuture<V> getAsync(K key, Supplier<? extends CompletionStage<V>> work) {
        CompletableFuture<V> own = new CompletableFuture<>();
        CompletableFuture<V> running = inFlight.putIfAbsent(key, own);
        if (running == null) {
            start(work).whenComplete((result, failure) -> {
                inFlight.remove(key, own);
                if (failure == null) {
                    own.complete(result);
                } else {
                    own.completeExceptionally(failure);
                }
            });
        }
        return (running == null ? own : running).copy(); // a copy, so that no caller can complete it for the others
    }

    private static <V> CompletionStage<V> start(Supplier<? extends CompletionStage<V>> work) {
        try {
            return work.get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedStage(failure);
        }
    }

    private V run(K key, CompletableFuture<V> flight, Supplier<V> work) {
        try {
            V result = work.get();
            flight.complete(result);
            return result;
        } catch (Throwable failure) {
            flight.completeExceptionally(failure);
            throw failure;
        } finally {
            inFlight.remove(key, flight);
        }
    }

    private static <V> V await(CompletableFuture<V> flight) {
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
