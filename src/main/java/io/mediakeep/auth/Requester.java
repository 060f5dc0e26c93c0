package io.mediakeep.auth;

import io.mediakeep.matrix.UserId;

/** The user on whose behalf a request is made. */
public record Requester(UserId user, boolean admin, boolean guest) {}
