/** Copies of other servers' media: fetched once for all readers, and stored. */
@NullMarked
package io.mediakeep.media.remote;

import org.jspecify.annotations.NullMarked;
