package io.mediakeep.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Ticker;
import io.mediakeep.concurrent.SingleFlight;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.outbound.OperatorClient;
import java.time.Duration;
import java.util.Optional;

/** Says whom a token stands for. Answers are remembered under the token's hash; the token itself is kept nowhere. */
public final class AccessTokens implements AutoCloseable {
    private static final int MOST_REMEMBERED = 50_000;
    private static final int LONGEST_TOKEN = 4096;

    /** A refusal is believed no longer than this: the token may be accepted by now. */
    private static final Duration LONGEST_REFUSAL = Duration.ofSeconds(10);

    private final FixedTokens fixed;
    private final Optional<Homeserver> homeserver;
    private final SingleFlight<TokenHash, Verdict> questions = new SingleFlight<>();
    private final Cache<TokenHash, Verdict> remembered;

    /** The tokens that an operator set, and those of his homeserver. */
    public AccessTokens(AuthSettings settings) {
        this(settings, OperatorClient.WHOLE_ANSWER, Ticker.systemTicker());
    }

    AccessTokens(AuthSettings settings, Duration patience, Ticker time) {
        Duration accepted = settings.cacheTtl();
        Duration refused = accepted.compareTo(LONGEST_REFUSAL) < 0 ? accepted : LONGEST_REFUSAL;
        this.fixed = new FixedTokens(settings.tokens());
        this.homeserver = settings.homeserverUrl().map(url -> new Homeserver(url, new OperatorClient(patience)));
        this.remembered = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfter(Expiry.<TokenHash, Verdict>creating(
                        (token, verdict) -> verdict instanceof Verdict.Accepted ? accepted : refused))
                .ticker(time)
                .build();
    }

    /**
     * Whom the token stands for.
     *
     * @throws MatrixException 401 when it is not accepted, 503 when the homeserver that knows cannot be reached
     */
    public Requester requester(String token) {
        if (!plausible(token)) {
            throw MatrixException.unknownToken(false);
        }
        TokenHash hash = TokenHash.of(token);
        return fixed.find(hash).orElseGet(() -> asked(hash, token).requester());
    }

    private static boolean plausible(String token) {
        return !token.isEmpty()
                && token.length() <= LONGEST_TOKEN
                && token.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }

    private Verdict asked(TokenHash hash, String token) {
        Homeserver knows = homeserver.orElseThrow(() -> MatrixException.unknownToken(false));
        Verdict known = remembered.getIfPresent(hash);
        return known != null ? known : questions.ask(hash, () -> answered(hash, token, knows));
    }

    /** Looks again first: another's question may have been answered since we looked. */
    private Verdict answered(TokenHash hash, String token, Homeserver knows) {
        Verdict known = remembered.getIfPresent(hash);
        if (known != null) {
            return known;
        }
        Verdict verdict = knows.ask(token);
        remembered.put(hash, verdict);
        return verdict;
    }

    @Override
    public void close() {
        homeserver.ifPresent(Homeserver::close);
    }
}
