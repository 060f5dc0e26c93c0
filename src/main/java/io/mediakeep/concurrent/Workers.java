package io.mediakeep.concurrent;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads for work that blocks: virtual ones where the JVM has them (21 and newer), else a pool that shrinks to none. */
public final class Workers {
    private static final long IDLE_SECONDS = 30;

    private Workers() {}

    /** Virtual threads if there are any, else at most {@code most} threads with this name. */
    public static ExecutorService named(String name, int most) {
        return virtual().orElseGet(() -> pool(name, most));
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

    /**
     * A thread is started only when all others are busy, and of idle ones the last to become idle gets the next task, so
     * that those beyond what is needed end. A {@link java.util.concurrent.ThreadPoolExecutor} starts one for each task up
     * to its core size and keeps them all busy in turn.
     */
    private static ExecutorService pool(String name, int most) {
        AtomicInteger count = new AtomicInteger();
        return new ForkJoinPool(
                most,
                pool -> named(name + "-" + count.incrementAndGet(), pool),
                null,
                true,
                0,
                most,
                0,
                saturated -> true,
                IDLE_SECONDS,
                TimeUnit.SECONDS);
    }

    private static ForkJoinWorkerThread named(String name, ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName(name);
        return thread;
    }
}
