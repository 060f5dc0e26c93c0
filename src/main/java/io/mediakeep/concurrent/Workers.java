package io.mediakeep.concurrent;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads for work that blocks: virtual ones where the JVM has them (21 and newer), else a pool that shrinks to none. */
public final class Workers {
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

    private Workers() {}

    /** Virtual threads if there are any, else at most {@code most} threads with this name. */
    public static ExecutorService named(String name, int most) {
        return virtual().orElseGet(() -> new CachedThreadPool(name, most, KEEP_ALIVE));
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
