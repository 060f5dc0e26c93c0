package io.mediakeep.media;

import io.mediakeep.matrix.Mxc;
import java.time.Instant;

/** A reserved content URI; it expires unless its content is uploaded before. */
public record PendingMedia(Mxc mxc, Instant expiresAt) {}
