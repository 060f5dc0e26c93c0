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
 * Bounds the memory of the requests that are being answered, of which most wait: for a client that reads or sends slowly,
 * for an upload, for another server. There are as many as fit into a share of the heap, and one caller has at most half of
 * those that are free. The others are answered with 503.
 */
@Priority(Priorities.AUTHORIZATION + 1)
public final class ConcurrentRequestsFilter implements ContainerRequestFilter {
    /** Three eighths of the heap, as much as pictures have. */
    private static final double SHARE_OF_HEAP = 3.0 / 8;

    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final FairPermits places;

    /** @param bytesOfRequest what a request takes of the heap from its head to the end of its response */
    public ConcurrentRequestsFilter(int bytesOfRequest) {
        this.places = new FairPermits((int) (Runtime.getRuntime().maxMemory() * SHARE_OF_HEAP / bytesOfRequest));
    }

    @Override
    public void filter(ContainerRequestContext request) {
        FairPermits.Permit place = places.take(RequestProperties.caller(request))
                .orElseThrow(() -> MatrixException.unavailable("Too many requests are being answered", TRY_AGAIN));
        request.setProperty(RequestProperties.PLACE, place);
    }
}
