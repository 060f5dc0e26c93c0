package io.mediakeep.api;

import io.mediakeep.auth.AccessTokens;
import io.mediakeep.limits.RateLimits;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;

/** Puts before each resource method the filters that its annotations ask for, once, when the server starts. */
public final class Doors implements DynamicFeature {
    private final AccessTokens tokens;
    private final RateLimits limits;

    /** Doors that know these tokens and limits. */
    public Doors(AccessTokens tokens, RateLimits limits) {
        this.tokens = tokens;
        this.limits = limits;
    }

    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Method method = resource.getResourceMethod();
        RequiresUser user = method.getAnnotation(RequiresUser.class);
        if (user != null) {
            context.register(new AccessTokenFilter(tokens, user.guests()));
        }
        Limited limited = method.getAnnotation(Limited.class);
        if (limited != null) {
            context.register(new RateLimitFilter(limits, limited.value()));
        }
    }
}
