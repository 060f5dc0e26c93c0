/** {@code /_matrix/client/…} and {@code /_matrix/media/…}: the endpoints for clients. */
@NullMarked
package io.mediakeep.api.client;

import org.jspecify.annotations.NullMarked;
