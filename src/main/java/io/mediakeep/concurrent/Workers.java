package io.mediakeep.concurrent;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Executors for blocking tasks: virtual threads where the JVM has them (21 and newer), else a pool that shrinks to zero
 * threads.
 */
public final class Workers {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private Workers() {}

    /** Virtual threads if the JVM has them, else at most {@code maxThreads} threads with this name. */
    public static ExecutorService named(String name, int maxThreads) {
        return virtual().orElseGet(() -> new CachedThreadPool(name, maxThreads, KEEP_ALIVE));
    }

    /** An executor that starts a virtual thread for each task, if the JVM has them. */
    public static Optional<ExecutorService> virtual() {
        try {
            return Optional.of((ExecutorService) MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class))
                    .invokeExact());
        } catch (NoSuchMethodException | IllegalAccessException olderJvm) {
            return Optional.empty();
        } catch (Throwable failure) {
            throw new IllegalStateException("no virtual threads", failure);
        }
    }
}
