package io.mediakeep.auth;

import io.mediakeep.matrix.UserId;

/**
 * The user on whose behalf a request is made.
 *
 * @param admin whether it is known to be an administrator; one of the homeserver is known only at resources that require
 *     an administrator
 */
public record Requester(UserId user, boolean admin, boolean guest) {

    /** The same user, known to be an administrator. */
    Requester asAdmin() {
        return new Requester(user, true, guest);
    }
}
