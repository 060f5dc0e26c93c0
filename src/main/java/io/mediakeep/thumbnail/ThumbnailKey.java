package io.mediakeep.thumbnail;

import io.mediakeep.matrix.Mxc;

/** The key of a thumbnail: the media and the parameters. */
public record ThumbnailKey(Mxc mxc, ThumbnailSpec spec) {}
