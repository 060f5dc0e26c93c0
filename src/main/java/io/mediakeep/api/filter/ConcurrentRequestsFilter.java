package io.mediakeep.api.filter;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.concurrent.FairPermits;
import io.mediakeep.matrix.MatrixException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.time.Duration;

/**
 * Bounds the memory of concurrent requests, most of which wait: for a client that reads or sends slowly, for an upload,
 * for another server. There are as many as fit into a share of the heap, and one caller has at most half of those
 * available. Others are rejected with 503.
 */
@Priority(Priorities.AUTHORIZATION + 1)
public final class ConcurrentRequestsFilter implements ContainerRequestFilter {
    /** Three eighths of the heap, as much as decoding images has. */
    private static final double SHARE_OF_HEAP = 3.0 / 8;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final FairPermits permits;

    /** @param bytesOfRequest the heap usage of a request from its head to the end of its response */
    public ConcurrentRequestsFilter(int bytesOfRequest) {
        this.permits = new FairPermits((int) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP / bytesOfRequest));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        FairPermits.Permit permit = permits.tryAcquire(RequestProperties.caller(request))
                .orElseThrow(() -> MatrixException.unavailable("Too many concurrent requests", RETRY_AFTER));
        request.setProperty(RequestProperties.PERMIT, permit);
    }
}
