/** Creates the parts of the server, and starts it. */
@NullMarked
package io.mediakeep.app;

import org.jspecify.annotations.NullMarked;
