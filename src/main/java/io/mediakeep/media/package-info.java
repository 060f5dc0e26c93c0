/** The catalog of media: the rows of what is stored, of pending uploads, and of each user's usage. */
@NullMarked
package io.mediakeep.media;

import org.jspecify.annotations.NullMarked;
