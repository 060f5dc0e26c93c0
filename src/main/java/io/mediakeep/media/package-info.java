/** The heart: what we keep, taking it in, giving it out. */
@NullMarked
package io.mediakeep.media;

import org.jspecify.annotations.NullMarked;
