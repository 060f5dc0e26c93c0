/** The periodic jobs of the server, and when they run. */
@NullMarked
package io.mediakeep.maintenance;

import org.jspecify.annotations.NullMarked;
