package io.mediakeep.auth;

import io.mediakeep.matrix.UserId;
import java.util.Optional;

/**
 * The key of a token check.
 *
 * @param assertedUser the user an application service acts as, if it names one; when the check is whether the token is an
 *     administrator's, its user
 */
record TokenCheck(TokenHash token, Optional<UserId> assertedUser) {}
