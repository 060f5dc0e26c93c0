package io.mediakeep.preview;

import io.mediakeep.concurrent.ConcurrencyLimits;
import io.mediakeep.concurrent.ConcurrencyLimits.Outcome;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.concurrent.FairExecutor;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.outbound.Site;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Does the work on previews: so much at once and so much waiting, in fair shares among users and among sites. */
final class PreviewWorkers implements AutoCloseable {
    /** How many sites are visited at once, if the bytes of so many pages fit into a quarter of the heap. */
    private static final int MOST_AT_ONCE = 16;

    private static final int LEAST_AT_ONCE = 2;

    /** Which part of all a site has; a caller has half of that. */
    private static final int SHARES = 3;

    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final FairExecutor workers;

    /** @param longestPage how many bytes of a page are held while it is read */
    PreviewWorkers(long longestPage) {
        long fitting = Runtime.getRuntime().maxMemory() / 4 / longestPage;
        int atOnce = (int) Math.max(LEAST_AT_ONCE, Math.min(MOST_AT_ONCE, fitting));
        this.workers = new FairExecutor("previews", atOnce, Math.max(1, atOnce / SHARES));
    }

    /**
     * Does it when its turn has come; fails with 504 when the deadline comes first.
     *
     * @throws MatrixException 429 when too much waits for this caller or this site, 503 when too much waits altogether
     */
    <T> CompletableFuture<T> run(String caller, WebUrl url, Deadline deadline, Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Outcome outcome = workers.execute(
                ConcurrencyLimits.parties(caller, Site.of(WebUrl.hostOf(url.uri()))),
                () -> complete(result, deadline, work));
        if (outcome == Outcome.PARTY_LIMIT) {
            throw MatrixException.limitExceeded("Too many previews are being made for you, or of this site", TRY_AGAIN);
        }
        if (outcome == Outcome.TOTAL_LIMIT) {
            throw MatrixException.unavailable("Too many previews are being made; try again", TRY_AGAIN);
        }
        return result.orTimeout(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure ->
                        CompletableFuture.failedFuture(failure instanceof TimeoutException ? tooMany() : failure));
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
        return MatrixException.gatewayTimeout("There are many previews to make; try again");
    }

    @Override
    public void close() {
        workers.close();
    }
}
