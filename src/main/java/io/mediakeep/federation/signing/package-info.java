/** How a homeserver proves what is its own. */
@NullMarked
package io.mediakeep.federation.signing;

import org.jspecify.annotations.NullMarked;
