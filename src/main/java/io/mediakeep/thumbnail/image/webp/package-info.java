/** WebP files (RFC 9649): parsed here, decoded by TwelveMonkeys. */
@NullMarked
package io.mediakeep.thumbnail.image.webp;

import org.jspecify.annotations.NullMarked;
