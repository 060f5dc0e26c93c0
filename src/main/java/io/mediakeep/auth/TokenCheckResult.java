package io.mediakeep.auth;

import io.mediakeep.matrix.MatrixException;

/** What is known of a token. */
sealed interface TokenCheckResult {

    /** Whom it stands for, or the refusal thrown. */
    Requester requester();

    /** It stands for somebody. */
    record Accepted(Requester requester) implements TokenCheckResult {}

    /** It is not accepted. */
    record Refused(MatrixException refusal) implements TokenCheckResult {
        @Override
        public Requester requester() {
            throw refusal;
        }
    }
}
