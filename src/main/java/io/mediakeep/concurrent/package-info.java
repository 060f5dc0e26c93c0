/** Small tools for waiting. */
@NullMarked
package io.mediakeep.concurrent;

import org.jspecify.annotations.NullMarked;
