/** Puts the server together and starts it. */
@NullMarked
package io.mediakeep.app;

import org.jspecify.annotations.NullMarked;
