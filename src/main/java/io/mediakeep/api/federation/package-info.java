/** {@code /_matrix/federation/…}: the endpoints for other homeservers. */
@NullMarked
package io.mediakeep.api.federation;

import org.jspecify.annotations.NullMarked;
