/** How we talk to another homeserver. */
@NullMarked
package io.mediakeep.federation;

import org.jspecify.annotations.NullMarked;
