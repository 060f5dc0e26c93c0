package io.mediakeep.auth;

import io.mediakeep.auth.AuthSettings.FixedToken;
import java.util.List;
import java.util.Optional;

/** The configured tokens. */
final class FixedTokens {
    private final List<Entry> entries;

    FixedTokens(List<FixedToken> tokens) {
        this.entries = tokens.stream()
                .map(token -> new Entry(
                        TokenHash.of(token.token()), new Requester(token.user(), token.admin(), token.guest())))
                .toList();
    }

    /** Compares all of them, so that timing reveals nothing. */
    Optional<Requester> find(TokenHash hash) {
        Optional<Requester> found = Optional.empty();
        for (Entry entry : entries) {
            if (entry.hash().equalsInConstantTime(hash)) {
                found = Optional.of(entry.requester());
            }
        }
        return found;
    }

    private record Entry(TokenHash hash, Requester requester) {}
}
