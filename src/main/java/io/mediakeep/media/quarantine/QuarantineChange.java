package io.mediakeep.media.quarantine;

import io.mediakeep.matrix.Mxc;

/**
 * A media item that was quarantined or released.
 *
 * @param number its position among all changes, in the order of the commits
 * @param quarantined whether it was quarantined, not released
 */
public record QuarantineChange(long number, Mxc mxc, boolean quarantined) {}
