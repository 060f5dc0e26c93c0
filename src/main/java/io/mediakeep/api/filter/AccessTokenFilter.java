package io.mediakeep.api.filter;

import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.RequiresUser;
import io.mediakeep.auth.Credentials;
import io.mediakeep.auth.Requester;
import io.mediakeep.matrix.MatrixException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Authenticates requests to resources with {@link RequiresUser} or {@link RequiresAdmin} by their access token. */
@Priority(Priorities.AUTHENTICATION)
final class AccessTokenFilter implements ContainerRequestFilter {
    private static final String SCHEME = "Bearer ";

    private final BiFunction<Credentials, String, Requester> authentication;
    private final boolean guests;

    /** @param authentication the user of credentials that an address sent */
    AccessTokenFilter(BiFunction<Credentials, String, Requester> authentication, boolean guests) {
        this.authentication = authentication;
        this.guests = guests;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Credentials credentials = credentials(request);
        Requester requester = authentication.apply(credentials, RequestProperties.limitKey(request));
        if (requester.guest() && !guests) {
            throw MatrixException.guestForbidden();
        }
        RequestProperties.setRequester(request, requester, credentials);
    }

    /** @throws MatrixException 401 without a token */
    static Credentials credentials(ContainerRequestContext request) {
        return new Credentials(
                token(request).orElseThrow(MatrixException::missingToken),
                new Parameters(request.getUriInfo()).text("user_id"));
    }

    /** From the header, else from the query, as legacy clients send it (client-server API, "Using access tokens"). */
    private static Optional<String> token(ContainerRequestContext request) {
        @Nullable String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.of(header.substring(SCHEME.length()).strip());
        }
        return Optional.ofNullable(request.getUriInfo().getQueryParameters().getFirst("access_token"));
    }
}
