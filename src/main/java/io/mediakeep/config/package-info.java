/** Reads what an operator set. */
@NullMarked
package io.mediakeep.config;

import org.jspecify.annotations.NullMarked;
