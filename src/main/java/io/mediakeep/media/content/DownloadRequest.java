package io.mediakeep.media.content;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.Mxc;

/**
 * What a client asks for.
 *
 * @param authenticated whether it came with an accepted token, by an endpoint that requires one
 * @param mayFetch whether content of another server that we do not keep may be fetched for it
 * @param caller on whose behalf, for the limits: a user id, or an address where nobody has to say who he is
 * @param deadline how long it waits for content that has not come yet
 */
public record DownloadRequest(Mxc mxc, boolean authenticated, boolean mayFetch, String caller, Deadline deadline) {

    /** The same wish for other content. */
    public DownloadRequest of(Mxc other) {
        return new DownloadRequest(other, authenticated, mayFetch, caller, deadline);
    }
}
