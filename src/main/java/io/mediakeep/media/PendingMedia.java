package io.mediakeep.media;

import io.mediakeep.matrix.Mxc;
import java.time.Instant;

/** A content URI that was handed out before its content; it expires when none has come by then. */
public record PendingMedia(Mxc mxc, Instant expiresAt) {}
