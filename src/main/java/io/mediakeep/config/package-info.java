/** Reads and validates the configuration. */
@NullMarked
package io.mediakeep.config;

import org.jspecify.annotations.NullMarked;
