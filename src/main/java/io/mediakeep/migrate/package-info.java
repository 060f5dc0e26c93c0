/** Moves media here from the stores of other servers. */
@NullMarked
package io.mediakeep.migrate;

import org.jspecify.annotations.NullMarked;
