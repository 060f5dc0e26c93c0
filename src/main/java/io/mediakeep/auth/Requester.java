package io.mediakeep.auth;

import io.mediakeep.matrix.UserId;

/** Who is calling. */
public record Requester(UserId user, boolean admin, boolean guest) {}
