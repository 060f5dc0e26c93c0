package io.mediakeep.auth;

import com.github.benmanes.caffeine.cache.Ticker;
import io.mediakeep.auth.TokenChecks.Attempt;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.outbound.http.OperatorClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Resolves access tokens to users. Results are cached under the token's hash; the token itself is not stored. */
public final class AccessTokens implements AutoCloseable {
    private static final int MAX_TOKEN_LENGTH = 4096;

    private final ServerName localServer;
    private final FixedTokens fixed;
    private final List<UserId> admins;
    private final Optional<Homeserver> homeserver;
    private final Optional<TokenChecks> users;
    private final Optional<TokenChecks> adminChecks;

    /**
     * The configured tokens, and those of the configured homeserver.
     *
     * @param localServer the server whose users application services may act as
     */
    public AccessTokens(AuthSettings settings, ServerName localServer) {
        this(settings, localServer, OperatorClient.RESPONSE_TIMEOUT, Ticker.systemTicker());
    }

    AccessTokens(AuthSettings settings, ServerName localServer, Duration timeout, Ticker time) {
        this.localServer = localServer;
        this.fixed = new FixedTokens(settings.tokens());
        this.admins = settings.admins();
        this.homeserver = settings.homeserverUrl().map(url -> new Homeserver(url, new OperatorClient(timeout)));
        FailedAuthentications failures = new FailedAuthentications(time);
        this.users = homeserver.map(
                server -> new TokenChecks(server::check, new TokenCheckCache(settings.cacheTtl(), time), failures));
        this.adminChecks = homeserver.map(server ->
                new TokenChecks(server::checkAdmin, new TokenCheckCache(settings.cacheTtl(), time), failures));
    }

    /**
     * The user of the credentials. Blocks while the homeserver is requested; how many callers block at once is bounded,
     * in total and for each address.
     *
     * @param address of the client, as limits count it
     * @throws MatrixException 401 when the token is not valid, 403 when it may not act as the named user, 429 when the
     *     address failed too often or checks too many tokens at once, 503 when the homeserver is not available
     */
    public Requester requester(Credentials credentials, String address) {
        Optional<UserId> asserted = credentials.userId().map(this::assertedUser);
        TokenCheck check = new TokenCheck(hash(credentials), asserted);
        Optional<Requester> fixedUser = fixed.find(check.token());
        Requester requester = fixedUser.isPresent()
                ? requireSame(fixedUser.get(), asserted)
                : users.orElseThrow(() -> MatrixException.unknownToken(false))
                        .check(new Attempt(check, credentials.token(), address))
                        .requester();
        return admins.contains(requester.user()) && !requester.guest() ? requester.asAdmin() : requester;
    }

    /**
     * As {@link #requester}, of an administrator: of a configured token, of the configuration, or of the homeserver,
     * which is requested only here.
     *
     * @throws MatrixException as {@link #requester}; 403 when the user is no administrator
     */
    public Requester administrator(Credentials credentials, String address) {
        Requester requester = requester(credentials, address);
        if (requester.admin()) {
            return requester;
        }
        TokenCheck check = new TokenCheck(hash(credentials), Optional.of(requester.user()));
        if (adminChecks.isEmpty()
                || requester.guest()
                || fixed.find(check.token()).isPresent()) {
            throw MatrixException.forbidden("You are not an administrator");
        }
        return adminChecks
                .get()
                .check(new Attempt(check, credentials.token(), address))
                .requester();
    }

    private static TokenHash hash(Credentials credentials) {
        if (!wellFormed(credentials.token())) {
            throw MatrixException.unknownToken(false);
        }
        return TokenHash.of(credentials.token());
    }

    private static boolean wellFormed(String token) {
        return !token.isEmpty()
                && token.length() <= MAX_TOKEN_LENGTH
                && token.chars().allMatch(character -> character > ' ' && character < 0x7f);
    }

    private UserId assertedUser(String userId) {
        try {
            UserId user = new UserId(userId);
            if (user.server().equals(localServer)) {
                return user;
            }
        } catch (IllegalArgumentException malformed) {
            // rejected below
        }
        throw MatrixException.forbidden("The user_id is not that of a user of this homeserver");
    }

    /** A configured token is valid for its own user only. */
    private static Requester requireSame(Requester requester, Optional<UserId> asserted) {
        if (asserted.isPresent() && !asserted.get().equals(requester.user())) {
            throw MatrixException.forbidden("This access token cannot act as another user");
        }
        return requester;
    }

    @Override
    public void close() {
        homeserver.ifPresent(Homeserver::close);
    }
}
