package io.mediakeep.auth;

import io.mediakeep.matrix.UserId;
import java.util.Optional;

/**
 * What the homeserver is asked, as far as it tells one question from another.
 *
 * @param assertedUser as whom an application service acts, if it says so
 */
record TokenCheck(TokenHash token, Optional<UserId> assertedUser) {}
