package io.mediakeep.auth;

import io.mediakeep.matrix.MatrixException;

/** What is known of a token. */
sealed interface Verdict {

    /** Whom it stands for, or the refusal thrown. */
    Requester requester();

    /** It stands for somebody. */
    record Accepted(Requester requester) implements Verdict {}

    /** It is not accepted. */
    record Refused(MatrixException refusal) implements Verdict {
        @Override
        public Requester requester() {
            throw refusal;
        }
    }
}
