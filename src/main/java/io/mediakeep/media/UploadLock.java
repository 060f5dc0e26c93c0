package io.mediakeep.media;

import io.mediakeep.matrix.Mxc;

/** The exclusive lock on a reserved content URI, held by one upload. */
public record UploadLock(Mxc mxc, String holder) {}
