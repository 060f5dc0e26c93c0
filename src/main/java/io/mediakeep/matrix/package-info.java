/** The words of the protocol. */
@NullMarked
package io.mediakeep.matrix;

import org.jspecify.annotations.NullMarked;
