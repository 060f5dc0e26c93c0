/** {@code /_matrix/federation/…}: other homeservers calling us. */
@NullMarked
package io.mediakeep.api.federation;

import org.jspecify.annotations.NullMarked;
