/** {@code /_matrix/client/…} and {@code /_matrix/media/…}: what clients call. */
@NullMarked
package io.mediakeep.api.client;

import org.jspecify.annotations.NullMarked;
