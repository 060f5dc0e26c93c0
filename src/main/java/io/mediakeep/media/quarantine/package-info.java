/** Content that is quarantined or blocked, by its hash, and the record of what was quarantined. */
@NullMarked
package io.mediakeep.media.quarantine;

import org.jspecify.annotations.NullMarked;
