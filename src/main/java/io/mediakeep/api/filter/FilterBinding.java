package io.mediakeep.api.filter;

import io.mediakeep.admin.Audit;
import io.mediakeep.api.Limited;
import io.mediakeep.api.QuarantineBypass;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.RequiresServer;
import io.mediakeep.api.RequiresUser;
import io.mediakeep.auth.AccessTokens;
import io.mediakeep.auth.SignedRequests;
import io.mediakeep.limits.RateLimits;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;

/** Binds filters to resource methods by their annotations, once, when the server starts. */
public final class FilterBinding implements DynamicFeature {
    /** Rate limits of addresses precede signatures: verifying one may require a request to another server. */
    private static final int BEFORE_SIGNATURES = Priorities.AUTHENTICATION - 1;

    private final AccessTokens tokens;
    private final SignedRequests signatures;
    private final RateLimits limits;
    private final Audit audit;

    /** Binds filters that use these tokens, signatures and limits, and record what administrators do. */
    public FilterBinding(AccessTokens tokens, SignedRequests signatures, RateLimits limits, Audit audit) {
        this.tokens = tokens;
        this.signatures = signatures;
        this.limits = limits;
        this.audit = audit;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Method method = resource.getResourceMethod();
        RequiresUser user = method.getAnnotation(RequiresUser.class);
        if (user != null) {
            context.register(new AccessTokenFilter(tokens::requester, user.guests()));
        }
        if (method.isAnnotationPresent(RequiresAdmin.class)) {
            context.register(new AccessTokenFilter(tokens::administrator, false));
        }
        if (method.isAnnotationPresent(QuarantineBypass.class)) {
            context.register(new QuarantineBypassFilter(tokens, audit));
        }
        boolean server = method.isAnnotationPresent(RequiresServer.class);
        if (server) {
            context.register(new SignatureFilter(signatures));
        }
        Limited limited = method.getAnnotation(Limited.class);
        if (limited != null) {
            context.register(
                    new RateLimitFilter(limits, limited.value()),
                    server ? BEFORE_SIGNATURES : Priorities.AUTHORIZATION);
        }
    }
}
