/** Takes picture files apart, and reads the rows of their pixels. */
@NullMarked
package io.mediakeep.thumbnail.picture;

import org.jspecify.annotations.NullMarked;
