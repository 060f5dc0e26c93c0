package io.mediakeep.auth;

import io.mediakeep.matrix.MatrixException;

/** The result of a token check. */
sealed interface TokenCheckResult {

    /** The user of the token; throws when it was rejected. */
    Requester requester();

    /** The token is valid. */
    record Accepted(Requester requester) implements TokenCheckResult {}

    /** The token is not valid, or may not act as the asserted user. */
    record Rejected(MatrixException rejection) implements TokenCheckResult {
        @Override
        public Requester requester() {
            throw rejection;
        }
    }
}
