/** Turns requests into calls and answers into responses. */
@NullMarked
package io.mediakeep.api;

import org.jspecify.annotations.NullMarked;
