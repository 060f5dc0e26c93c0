package io.mediakeep.preview;

import io.mediakeep.matrix.Mxc;

/**
 * A picture of a page that is media of ours now.
 *
 * @param size in bytes
 * @param width in pixels
 * @param height in pixels
 */
record KeptPicture(Mxc mxc, String contentType, long size, int width, int height) {}
