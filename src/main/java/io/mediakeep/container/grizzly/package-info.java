/** Requests and responses on the embedded Grizzly. */
@NullMarked
package io.mediakeep.container.grizzly;

import org.jspecify.annotations.NullMarked;
