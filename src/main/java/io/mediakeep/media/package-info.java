/** The catalog of media: the rows of what is stored, and of pending uploads. */
@NullMarked
package io.mediakeep.media;

import org.jspecify.annotations.NullMarked;
