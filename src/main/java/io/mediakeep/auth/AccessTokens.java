package io.mediakeep.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import io.mediakeep.auth.TokenChecks.Attempt;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.outbound.http.OperatorClient;
import java.time.Duration;
import java.util.Optional;

/** Says whom a token stands for. Answers are remembered under the token's hash; the token itself is kept nowhere. */
public final class AccessTokens implements AutoCloseable {
    private static final int LONGEST_TOKEN = 4096;

    private final ServerName home;
    private final FixedTokens fixed;
    private final Optional<TokenChecks> homeserver;

    /**
     * The tokens that an operator set, and those of his homeserver.
     *
     * @param home whose users application services may act as
     */
    public AccessTokens(AuthSettings settings, ServerName home) {
        this(settings, home, OperatorClient.WHOLE_ANSWER, Ticker.systemTicker());
    }

    AccessTokens(AuthSettings settings, ServerName home, Duration patience, Ticker time) {
        this.home = home;
        this.fixed = new FixedTokens(settings.tokens());
        this.homeserver = settings.homeserverUrl()
                .map(url -> new TokenChecks(
                        new Homeserver(url, new OperatorClient(patience)),
                        new TokenCheckCache(settings.cacheTtl(), time),
                        new FailedAuthentications(time)));
    }

    /**
     * Whom the credentials stand for. Waits for the homeserver when it must; how many callers wait at once is bounded, in
     * all and for one address.
     *
     * @param address of the client, as it is counted
     * @throws MatrixException 401 when the token is not accepted, 403 when it may not act as the user named, 429 when the
     *     address failed too often or asks too much at once, 503 when the homeserver that knows cannot be reached
     */
    public Requester requester(Credentials credentials, String address) {
        if (!plausible(credentials.token())) {
            throw MatrixException.unknownToken(false);
        }
        Optional<UserId> asserted = credentials.userId().map(this::assertable);
        TokenCheck question = new TokenCheck(TokenHash.of(credentials.token()), asserted);
        Optional<Requester> known = fixed.find(question.token());
        if (known.isPresent()) {
            return only(known.get(), asserted);
        }
        return homeserver
                .orElseThrow(() -> MatrixException.unknownToken(false))
                .verdict(new Attempt(question, credentials.token(), address))
                .requester();
    }

    private static boolean plausible(String token) {
        return !token.isEmpty()
                && token.length() <= LONGEST_TOKEN
                && token.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }

    private UserId assertable(String userId) {
        try {
            UserId user = new UserId(userId);
            if (user.server().equals(home)) {
                return user;
            }
        } catch (IllegalArgumentException malformed) {
            // nobody's, as below
        }
        throw MatrixException.forbidden("The user_id is not one of this server's users");
    }

    /** A token of the configuration stands for one user and for no other. */
    private static Requester only(Requester requester, Optional<UserId> asserted) {
        if (asserted.isPresent() && !asserted.get().equals(requester.user())) {
            throw MatrixException.forbidden("This access token cannot act as another user");
        }
        return requester;
    }

    @Override
    public void close() {
        homeserver.ifPresent(TokenChecks::close);
    }
}
