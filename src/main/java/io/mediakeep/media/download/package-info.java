/** Downloads: cached lookups, access rules, and waiting for pending uploads. */
@NullMarked
package io.mediakeep.media.download;

import org.jspecify.annotations.NullMarked;
