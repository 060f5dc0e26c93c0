/** How much is too much. */
@NullMarked
package io.mediakeep.limits;

import org.jspecify.annotations.NullMarked;
