/** Renders thumbnails: scales rows of pixels, converts colours and orientation, and encodes the result. */
@NullMarked
package io.mediakeep.thumbnail.render;

import org.jspecify.annotations.NullMarked;
