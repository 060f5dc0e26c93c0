package io.mediakeep.auth;

import io.mediakeep.auth.TokenCheckCache.Cached;
import io.mediakeep.concurrent.FairPermits;
import io.mediakeep.concurrent.FairPermits.Permit;
import io.mediakeep.concurrent.SingleFlight;
import io.mediakeep.matrix.MatrixException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Checks one property of tokens with the homeserver, with a cache. A request that needs a check blocks its thread, since
 * JAX-RS filters cannot do otherwise; at most {@value #MAX_WAITING} do so, each no longer than the response timeout of
 * the client.
 */
final class TokenChecks {
    static final int MAX_WAITING = 64;

    /** When the homeserver is slow, a recently valid token is accepted again after this time. */
    private static final Duration SLOW_AFTER = Duration.ofSeconds(1);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Request request;
    private final TokenCheckCache cache;
    private final FailedAuthentications failures;
    private final FairPermits permits = new FairPermits(MAX_WAITING);
    private final SingleFlight<TokenCheck, TokenCheckResult> checks = new SingleFlight<>();

    TokenChecks(Request request, TokenCheckCache cache, FailedAuthentications failures) {
        this.request = request;
        this.cache = cache;
        this.failures = failures;
    }

    /** The request to the homeserver. */
    @FunctionalInterface
    interface Request {
        /** The result for a token, without blocking; fails with 503 when there is no valid response. */
        CompletableFuture<TokenCheckResult> send(TokenCheck check, String token);
    }

    /** A request with a token from an address. */
    record Attempt(TokenCheck check, String token, String address) {}

    /** The result for a token, from the cache if possible; throws as {@link AccessTokens#requester} does. */
    TokenCheckResult check(Attempt attempt) {
        Optional<Cached> known = cache.find(attempt.check());
        return known.isPresent() && !known.get().due()
                ? known.get().result()
                : checked(attempt, known.map(Cached::result));
    }

    /** @param previous an earlier result: a token that was valid is never rejected because of limits */
    private TokenCheckResult checked(Attempt attempt, Optional<TokenCheckResult> previous) {
        if (previous.isEmpty()) {
            failures.check(attempt.address());
        }
        Optional<Permit> permit = permits.tryAcquire(attempt.address());
        if (permit.isEmpty()) {
            return previous.orElseThrow(() -> tooMany(attempt.address()));
        }
        CompletableFuture<TokenCheckResult> request = checks.getAsync(
                        attempt.check(), () -> previous.isPresent() ? request(attempt) : unlessCached(attempt))
                .whenComplete((result, failure) -> permit.get().close());
        return join(previous.map(known -> orPrevious(known, request)).orElse(request));
    }

    /** A concurrent check may have completed in the meantime. */
    private CompletableFuture<TokenCheckResult> unlessCached(Attempt attempt) {
        return cache.find(attempt.check())
                .map(known -> CompletableFuture.completedFuture(known.result()))
                .orElseGet(() -> request(attempt));
    }

    private CompletableFuture<TokenCheckResult> request(Attempt attempt) {
        return request.send(attempt.check(), attempt.token()).thenApply(result -> {
            cache.put(attempt.check(), result);
            if (result instanceof TokenCheckResult.Rejected) {
                failures.count(attempt.address());
            }
            return result;
        });
    }

    private static CompletableFuture<TokenCheckResult> orPrevious(
            TokenCheckResult known, CompletableFuture<TokenCheckResult> request) {
        return request.copy()
                .completeOnTimeout(known, SLOW_AFTER.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> known);
    }

    private static TokenCheckResult join(CompletableFuture<TokenCheckResult> request) {
        try {
            return request.join();
        } catch (CompletionException failure) {
            throw MatrixException.in(failure).orElseThrow(() -> failure);
        }
    }

    private MatrixException tooMany(String address) {
        return permits.heldBy(address) > 0
                ? MatrixException.limitExceeded(
                        "Too many access tokens of this address are being checked; try again later", RETRY_AFTER)
                : MatrixException.unavailable("Too many access tokens are being checked; try again later", RETRY_AFTER);
    }
}
