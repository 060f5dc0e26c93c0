package io.mediakeep.thumbnail;

import io.mediakeep.matrix.Mxc;

/** One of the thumbnails that media can have. */
public record Variant(Mxc mxc, ThumbnailSpec spec) {}
