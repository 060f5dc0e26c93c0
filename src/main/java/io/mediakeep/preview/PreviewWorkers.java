package io.mediakeep.preview;

import io.mediakeep.concurrent.ConcurrencyLimits;
import io.mediakeep.concurrent.ConcurrencyLimits.Outcome;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.concurrent.FairExecutor;
import io.mediakeep.concurrent.PoolState;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.outbound.Site;
import io.mediakeep.preview.url.WebUrl;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** A bounded pool and queue for previews, shared fairly among users and among sites. */
final class PreviewWorkers implements AutoCloseable {
    /** Concurrent previews, limited so that their pages fit into a quarter of the heap. */
    private static final int MAX_AT_ONCE = 16;

    private static final int MIN_AT_ONCE = 2;

    /** The part of all permits that a site may hold; a caller half of that. */
    private static final int SITE_FRACTION = 3;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final FairExecutor workers;

    /** @param maxPageBytes the bytes of a page that are held while it is parsed */
    PreviewWorkers(long maxPageBytes) {
        long fitting = Runtime.getRuntime().maxMemory() / 4 / maxPageBytes;
        int atOnce = (int) Math.max(MIN_AT_ONCE, Math.min(MAX_AT_ONCE, fitting));
        this.workers = new FairExecutor("previews", atOnce, Math.max(1, atOnce / SITE_FRACTION));
    }

    /**
     * Runs the work when a permit is free; fails with 504 when the deadline is reached first.
     *
     * @throws MatrixException 429 when the queue of this caller or this site is full, 503 when that of all is
     */
    <T> CompletableFuture<T> run(String caller, WebUrl url, Deadline deadline, Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Outcome outcome = workers.execute(
                ConcurrencyLimits.parties(caller, Site.of(WebUrl.hostOf(url.uri()))),
                () -> complete(result, deadline, work));
        if (outcome == Outcome.PARTY_LIMIT) {
            throw MatrixException.limitExceeded(
                    "Too many previews are in progress for this user or site; try again later", RETRY_AFTER);
        }
        if (outcome == Outcome.TOTAL_LIMIT) {
            throw MatrixException.unavailable("Too many previews are in progress; try again later", RETRY_AFTER);
        }
        return result.orTimeout(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure ->
                        CompletableFuture.failedFuture(failure instanceof TimeoutException ? tooMany() : failure));
    }

    PoolState state() {
        return workers.state();
    }

    private static <T> void complete(CompletableFuture<T> result, Deadline deadline, Supplier<T> work) {
        try {
            if (deadline.passed()) {
                throw tooMany();
            }
            result.complete(work.get());
        } catch (Throwable failure) {
            result.completeExceptionally(failure);
        }
    }

    private static MatrixException tooMany() {
        return MatrixException.gatewayTimeout("The preview was not ready in time; try again later");
    }

    @Override
    public void close() {
        workers.close();
    }
}
