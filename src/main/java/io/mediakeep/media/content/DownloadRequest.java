package io.mediakeep.media.content;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.Mxc;

/**
 * A request for content.
 *
 * @param authenticated whether it has a valid token, at an endpoint that requires one
 * @param mayFetch whether content that is not stored here may be fetched from its origin
 * @param caller what limits are counted by: a user id, or an address where no user is required
 * @param deadline how long it waits for content that is not available yet
 */
public record DownloadRequest(Mxc mxc, boolean authenticated, boolean mayFetch, String caller, Deadline deadline) {

    /** The same request for other content. */
    public DownloadRequest of(Mxc other) {
        return new DownloadRequest(other, authenticated, mayFetch, caller, deadline);
    }
}
