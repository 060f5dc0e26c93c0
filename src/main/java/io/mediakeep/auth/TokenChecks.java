package io.mediakeep.auth;

import io.mediakeep.auth.TokenCheckCache.Remembered;
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
 * What the homeserver says of tokens, asked as seldom as possible. A request that needs an answer blocks its thread, since
 * JAX-RS filters cannot do otherwise; at most {@value #MOST_WAITING} do so, each no longer than the homeserver's
 * client waits for a whole answer.
 */
final class TokenChecks implements AutoCloseable {
    static final int MOST_WAITING = 64;

    /** When the homeserver is slow, a token that was accepted lately is accepted again after so long. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final Homeserver homeserver;
    private final TokenCheckCache remembered;
    private final FailedAuthentications failures;
    private final FairPermits places = new FairPermits(MOST_WAITING);
    private final SingleFlight<TokenCheck, TokenCheckResult> questions = new SingleFlight<>();

    TokenChecks(Homeserver homeserver, TokenCheckCache remembered, FailedAuthentications failures) {
        this.homeserver = homeserver;
        this.remembered = remembered;
        this.failures = failures;
    }

    /** A request that comes with a token from an address. */
    record Attempt(TokenCheck question, String token, String address) {}

    /** The verdict on a token, from memory if possible; throws as {@link AccessTokens#requester} does. */
    TokenCheckResult verdict(Attempt attempt) {
        Optional<Remembered> known = remembered.find(attempt.question());
        return known.isPresent() && !known.get().due()
                ? known.get().verdict()
                : asked(attempt, known.map(Remembered::verdict));
    }

    /** @param lately what was true a while ago: such a token is never refused because of what others do */
    private TokenCheckResult asked(Attempt attempt, Optional<TokenCheckResult> lately) {
        if (lately.isEmpty()) {
            failures.check(attempt.address());
        }
        Optional<Permit> place = places.take(attempt.address());
        if (place.isEmpty()) {
            return lately.orElseThrow(() -> crowded(attempt.address()));
        }
        CompletableFuture<TokenCheckResult> answer = questions
                .join(attempt.question(), () -> lately.isPresent() ? answer(attempt) : unlessAnswered(attempt))
                .whenComplete((verdict, failure) -> place.get().close());
        return outcome(lately.map(known -> orElse(known, answer)).orElse(answer));
    }

    /** Another's question may have been answered since we looked. */
    private CompletableFuture<TokenCheckResult> unlessAnswered(Attempt attempt) {
        return remembered
                .find(attempt.question())
                .map(known -> CompletableFuture.completedFuture(known.verdict()))
                .orElseGet(() -> answer(attempt));
    }

    private CompletableFuture<TokenCheckResult> answer(Attempt attempt) {
        return homeserver.ask(attempt.question(), attempt.token()).thenApply(verdict -> {
            remembered.put(attempt.question(), verdict);
            if (verdict instanceof TokenCheckResult.Refused) {
                failures.count(attempt.address());
            }
            return verdict;
        });
    }

    private static CompletableFuture<TokenCheckResult> orElse(
            TokenCheckResult known, CompletableFuture<TokenCheckResult> answer) {
        return answer.copy()
                .completeOnTimeout(known, SLOW.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> known);
    }

    private static TokenCheckResult outcome(CompletableFuture<TokenCheckResult> answer) {
        try {
            return answer.join();
        } catch (CompletionException failure) {
            throw MatrixException.in(failure).orElseThrow(() -> failure);
        }
    }

    private MatrixException crowded(String address) {
        return places.heldBy(address) > 0
                ? MatrixException.limitExceeded("Too many access tokens at once", TRY_AGAIN)
                : MatrixException.unavailable("Too many access tokens are being checked", TRY_AGAIN);
    }

    @Override
    public void close() {
        homeserver.close();
    }
}
