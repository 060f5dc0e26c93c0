package io.mediakeep.auth;

import io.mediakeep.auth.RememberedVerdicts.Remembered;
import io.mediakeep.concurrent.FairPlaces;
import io.mediakeep.concurrent.FairPlaces.Place;
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
final class Confirmations implements AutoCloseable {
    static final int MOST_WAITING = 64;

    /** When the homeserver is slow, a token that was accepted lately is accepted again after so long. */
    private static final Duration SLOW = Duration.ofSeconds(1);

    private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

    private final Homeserver homeserver;
    private final RememberedVerdicts remembered;
    private final FailedAuthentications failures;
    private final FairPlaces places = new FairPlaces(MOST_WAITING);
    private final SingleFlight<Question, Verdict> questions = new SingleFlight<>();

    Confirmations(Homeserver homeserver, RememberedVerdicts remembered, FailedAuthentications failures) {
        this.homeserver = homeserver;
        this.remembered = remembered;
        this.failures = failures;
    }

    /** A request that comes with a token from an address. */
    record Attempt(Question question, String token, String address) {}

    /** The verdict on a token, from memory if possible; throws as {@link AccessTokens#requester} does. */
    Verdict verdict(Attempt attempt) {
        Optional<Remembered> known = remembered.find(attempt.question());
        return known.isPresent() && !known.get().due()
                ? known.get().verdict()
                : asked(attempt, known.map(Remembered::verdict));
    }

    /** @param lately what was true a while ago: such a token is never refused because of what others do */
    private Verdict asked(Attempt attempt, Optional<Verdict> lately) {
        if (lately.isEmpty()) {
            failures.check(attempt.address());
        }
        Optional<Place> place = places.take(attempt.address());
        if (place.isEmpty()) {
            return lately.orElseThrow(() -> crowded(attempt.address()));
        }
        CompletableFuture<Verdict> answer = questions
                .join(attempt.question(), () -> lately.isPresent() ? answer(attempt) : unlessAnswered(attempt))
                .whenComplete((verdict, failure) -> place.get().close());
        return outcome(lately.map(known -> orElse(known, answer)).orElse(answer));
    }

    /** Another's question may have been answered since we looked. */
    private CompletableFuture<Verdict> unlessAnswered(Attempt attempt) {
        return remembered
                .find(attempt.question())
                .map(known -> CompletableFuture.completedFuture(known.verdict()))
                .orElseGet(() -> answer(attempt));
    }

    private CompletableFuture<Verdict> answer(Attempt attempt) {
        return homeserver.ask(attempt.question(), attempt.token()).thenApply(verdict -> {
            remembered.put(attempt.question(), verdict);
            if (verdict instanceof Verdict.Refused) {
                failures.count(attempt.address());
            }
            return verdict;
        });
    }

    private static CompletableFuture<Verdict> orElse(Verdict known, CompletableFuture<Verdict> answer) {
        return answer.copy()
                .completeOnTimeout(known, SLOW.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failure -> known);
    }

    private static Verdict outcome(CompletableFuture<Verdict> answer) {
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
