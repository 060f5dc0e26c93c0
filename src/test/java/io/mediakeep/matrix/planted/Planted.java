package io.mediakeep.matrix.planted;

import io.mediakeep.concurrent.Deadline;

/** Violates the rules of the architecture: this package must not use {@code concurrent}. */
record Planted(Deadline deadline) {}
