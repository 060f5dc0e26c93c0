/** Value types of the Matrix specification: identifiers, media types, errors. */
@NullMarked
package io.mediakeep.matrix;

import org.jspecify.annotations.NullMarked;
