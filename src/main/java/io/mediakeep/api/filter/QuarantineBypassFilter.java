package io.mediakeep.api.filter;

import io.mediakeep.admin.Audit;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.QuarantineBypass;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.auth.AccessTokens;
import io.mediakeep.auth.Requester;
import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Map;

/**
 * Lets administrators see quarantined media at resources with {@link QuarantineBypass}, records that they did, and forbids
 * caches to store it (RFC 9111, section 5.2.2.5).
 */
@Priority(Priorities.AUTHORIZATION)
final class QuarantineBypassFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String PARAMETER = "admin_unsafely_bypass_quarantine";

    private final AccessTokens tokens;
    private final Audit audit;

    QuarantineBypassFilter(AccessTokens tokens, Audit audit) {
        this.tokens = tokens;
        this.audit = audit;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (new Parameters(request.getUriInfo()).flag(PARAMETER, false)) {
            record(administrator(request), request.getUriInfo().getPathParameters());
            RequestProperties.setBypassesQuarantine(request);
        }
    }

    /** Others are rejected with 400, as by Synapse. */
    private Requester administrator(ContainerRequestContext request) {
        try {
            return tokens.administrator(AccessTokenFilter.credentials(request), RequestProperties.limitKey(request));
        } catch (MatrixException rejection) {
            if (rejection.code() == ErrorCode.M_FORBIDDEN || rejection.code() == ErrorCode.M_MISSING_TOKEN) {
                throw MatrixException.badRequest("Must be a server admin to bypass quarantine");
            }
            throw rejection;
        }
    }

    private void record(Requester administrator, MultivaluedMap<String, String> path) {
        String mxc = "mxc://" + path.getFirst("serverName") + "/" + path.getFirst("mediaId");
        audit.record(administrator.user(), "bypass quarantine", Map.of("media", mxc), Map.of());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (RequestProperties.bypassesQuarantine(request)) {
            response.getHeaders().putSingle(HttpHeaders.CACHE_CONTROL, "no-store");
        }
    }
}
