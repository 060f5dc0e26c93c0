/** Finds or draws a small picture. */
@NullMarked
package io.mediakeep.thumbnail;

import org.jspecify.annotations.NullMarked;
