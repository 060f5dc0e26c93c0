package io.mediakeep.media;

import io.mediakeep.matrix.Mxc;

/** The sole right to upload to a content URI that was handed out before. */
public record UploadLock(Mxc mxc, String holder) {}
