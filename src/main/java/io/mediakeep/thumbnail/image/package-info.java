/** Source images: detection of formats, headers, and row by row decoding within limits of memory and time. */
@NullMarked
package io.mediakeep.thumbnail.image;

import org.jspecify.annotations.NullMarked;
