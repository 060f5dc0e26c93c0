package io.mediakeep.media;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.Mxc;

/**
 * What a client asks for.
 *
 * @param authenticated whether it came with an accepted token, by an endpoint that requires one
 * @param deadline how long it waits for content that has not come yet
 */
public record DownloadRequest(Mxc mxc, boolean authenticated, Deadline deadline) {}
