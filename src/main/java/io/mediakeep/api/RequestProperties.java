package io.mediakeep.api;

import io.mediakeep.auth.Credentials;
import io.mediakeep.auth.Requester;
import io.mediakeep.limits.TrustedProxies;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.media.content.ByteSource;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The properties of a request beside its headers. */
public final class RequestProperties {
    /** The request attribute with the address of the client, a string, set by the container's adapter. */
    public static final String CLIENT_ADDRESS = "io.mediakeep.client-address";

    /** The request attribute with the id of the request, a string, set by the container's adapter. */
    public static final String ID = "io.mediakeep.id";

    /** The request attribute with path and query as received, a string, set by the container's adapter. */
    public static final String TARGET = "io.mediakeep.target";

    /** The request property with the open source of the response body, which the container's adapter closes. */
    public static final String SOURCE = "io.mediakeep.source";

    /** The request property with the permit of the concurrency limit, which the container's adapter closes. */
    public static final String PERMIT = "io.mediakeep.permit";

    /** The request property with the request body, a {@link Flow.Publisher}, set by the container's adapter. */
    public static final String BODY = "io.mediakeep.body";

    /**
     * The request attribute that is set when the container ends a response of unknown length regularly even if it
     * failed.
     */
    public static final String HIDES_TRUNCATION = "io.mediakeep.hides-truncation";

    private static final String BYPASSES_QUARANTINE = "io.mediakeep.bypasses-quarantine";
    private static final String CREDENTIALS = "io.mediakeep.credentials";
    private static final String CONTENT_TYPE = "io.mediakeep.content-type";
    private static final String HEAD = "io.mediakeep.head";
    private static final String ORIGIN = "io.mediakeep.origin";
    private static final String REQUESTER = "io.mediakeep.requester";

    private RequestProperties() {}

    /** The address of the client. */
    public static String clientAddress(ContainerRequestContext request) {
        return request.getProperty(CLIENT_ADDRESS) instanceof String address ? address : "unknown";
    }

    /** The id of the request, by which it is found in the log. */
    public static String id(ContainerRequestContext request) {
        return request.getProperty(ID) instanceof String id ? id : "unknown";
    }

    /** Path and query as in the request line; where the container does not provide it, as Jersey parsed them. */
    public static String target(ContainerRequestContext request) {
        if (request.getProperty(TARGET) instanceof String target) {
            return target;
        }
        URI uri = request.getUriInfo().getRequestUri();
        @Nullable String query = uri.getRawQuery();
        return query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query;
    }

    /** Whether a truncated response is recognised by its length only. */
    public static boolean hidesTruncation(ContainerRequestContext request) {
        return request.getProperty(HIDES_TRUNCATION) != null;
    }

    /** Registers a source to be closed when the request ends; returns the source. */
    public static ByteSource closedAtEnd(ContainerRequestContext request, ByteSource source) {
        request.setProperty(SOURCE, source);
        return source;
    }

    /** The body of a request, which is read by subscribing. */
    @SuppressWarnings("unchecked") // the adapters set nothing else
    public static Flow.Publisher<ByteBuffer> body(ContainerRequestContext request) {
        if (request.getProperty(BODY) instanceof Flow.Publisher<?> body) {
            return (Flow.Publisher<ByteBuffer>) body;
        }
        throw new IllegalStateException("the container's adapter has set no body");
    }

    /** The key that limits count a request by: the user, or the address where no user is required. */
    public static String caller(ContainerRequestContext request) {
        return requester(request).map(Requester::user).map(Object::toString).orElseGet(() -> limitKey(request));
    }

    /** The address of the client, or its network, as limits count it. */
    public static String limitKey(ContainerRequestContext request) {
        return TrustedProxies.limitKey(clientAddress(request));
    }

    /** Sets the {@code Content-Type} as the client sent it. */
    public static void setContentType(ContainerRequestContext request, String contentType) {
        request.setProperty(CONTENT_TYPE, contentType);
    }

    /** The {@code Content-Type} as the client sent it. */
    public static Optional<String> contentType(ContainerRequestContext request) {
        return request.getProperty(CONTENT_TYPE) instanceof String type ? Optional.of(type) : Optional.empty();
    }

    /** Records that the request is a {@code HEAD}. */
    public static void setHead(ContainerRequestContext request) {
        request.setProperty(HEAD, true);
    }

    /** Whether the request is a {@code HEAD}. */
    public static boolean head(ContainerRequestContext request) {
        return request.getProperty(HEAD) != null;
    }

    /** Records that quarantined media is served to the request, which is an administrator's. */
    public static void setBypassesQuarantine(ContainerRequestContext request) {
        request.setProperty(BYPASSES_QUARANTINE, true);
    }

    /** Whether quarantined media is served to the request. */
    public static boolean bypassesQuarantine(ContainerRequestContext request) {
        return request.getProperty(BYPASSES_QUARANTINE) != null;
    }

    /** Sets the homeserver that made the request. */
    public static void setOrigin(ContainerRequestContext request, ServerName origin) {
        request.setProperty(ORIGIN, origin);
    }

    /** The homeserver that made the request, at a resource that requires one. */
    public static ServerName requiredOrigin(ContainerRequestContext request) {
        if (request.getProperty(ORIGIN) instanceof ServerName origin) {
            return origin;
        }
        throw new IllegalStateException("the resource lacks @RequiresServer");
    }

    /** Sets the user that made the request, and the credentials that say so. */
    public static void setRequester(ContainerRequestContext request, Requester requester, Credentials credentials) {
        request.setProperty(REQUESTER, requester);
        request.setProperty(CREDENTIALS, credentials);
    }

    /** The credentials of the user, at a resource that requires one. */
    public static Credentials requiredCredentials(ContainerRequestContext request) {
        if (request.getProperty(CREDENTIALS) instanceof Credentials credentials) {
            return credentials;
        }
        throw new IllegalStateException("the resource requires no user");
    }

    /** The user, if the resource requires one. */
    public static Optional<Requester> requester(ContainerRequestContext request) {
        return request.getProperty(REQUESTER) instanceof Requester requester
                ? Optional.of(requester)
                : Optional.empty();
    }

    /** The authenticated user or homeserver, if there is one. */
    public static Optional<String> requesterName(ContainerRequestContext request) {
        return requester(request)
                .map(requester -> requester.user().toString())
                .or(() -> Optional.ofNullable(request.getProperty(ORIGIN)).map(Object::toString));
    }

    /** The user, at a resource that requires one. */
    public static Requester requiredRequester(ContainerRequestContext request) {
        return requester(request).orElseThrow(() -> new IllegalStateException("the resource lacks @RequiresUser"));
    }
}
