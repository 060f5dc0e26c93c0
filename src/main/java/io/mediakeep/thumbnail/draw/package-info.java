/** Makes small pictures of the rows of large ones. */
@NullMarked
package io.mediakeep.thumbnail.draw;

import org.jspecify.annotations.NullMarked;
