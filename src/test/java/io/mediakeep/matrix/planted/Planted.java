package io.mediakeep.matrix.planted;

import io.mediakeep.concurrent.Deadline;

/** Breaks the architecture on purpose: words of the protocol know nothing of waiting. */
record Planted(Deadline deadline) {}
