/** Copies of other servers' media: fetched once for all readers, stored, and removed when unused. */
@NullMarked
package io.mediakeep.media.remote;

import org.jspecify.annotations.NullMarked;
