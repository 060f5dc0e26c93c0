package io.mediakeep.api;

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

/** What is known of a request beside its headers. */
public final class RequestProperties {
    /** The request attribute in which the container's adapter says the address of the client, a string. */
    public static final String CLIENT_ADDRESS = "io.mediakeep.client-address";

    /** The request attribute in which the container's adapter says path and query as they came, a string. */
    public static final String TARGET = "io.mediakeep.target";

    /** The request property in which the container's adapter finds the open source of the body, to close it. */
    public static final String SOURCE = "io.mediakeep.source";

    /** The request property in which the container's adapter finds what bounds the number of requests, to close it. */
    public static final String PLACE = "io.mediakeep.place";

    /** The request property in which the container's adapter hands over the body, a {@link Flow.Publisher}. */
    public static final String BODY = "io.mediakeep.body";

    /** The request attribute that is there when the container ends an answer of unknown length well even if it broke off. */
    public static final String ENDS_WELL = "io.mediakeep.ends-well";

    private static final String CONTENT_TYPE = "io.mediakeep.content-type";
    private static final String HEAD = "io.mediakeep.head";
    private static final String ORIGIN = "io.mediakeep.origin";
    private static final String REQUESTER = "io.mediakeep.requester";

    private RequestProperties() {}

    /** The address of the client. */
    public static String clientAddress(ContainerRequestContext request) {
        return request.getProperty(CLIENT_ADDRESS) instanceof String address ? address : "unknown";
    }

    /** Path and query as the request line has them; where the container does not tell, as Jersey understood them. */
    public static String target(ContainerRequestContext request) {
        if (request.getProperty(TARGET) instanceof String target) {
            return target;
        }
        URI uri = request.getUriInfo().getRequestUri();
        @Nullable String query = uri.getRawQuery();
        return query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query;
    }

    /** Whether an answer that breaks off is known by its length alone. */
    public static boolean endsWell(ContainerRequestContext request) {
        return request.getProperty(ENDS_WELL) != null;
    }

    /** Has the container's adapter close a source when the request ends, however it ends; answers the source. */
    public static ByteSource opened(ContainerRequestContext request, ByteSource source) {
        request.setProperty(SOURCE, source);
        return source;
    }

    /** The body of a request, which is read by subscribing. */
    @SuppressWarnings("unchecked") // the adapters set nothing else
    public static Flow.Publisher<ByteBuffer> body(ContainerRequestContext request) {
        if (request.getProperty(BODY) instanceof Flow.Publisher<?> body) {
            return (Flow.Publisher<ByteBuffer>) body;
        }
        throw new IllegalStateException("the container's adapter has handed over no body");
    }

    /** On whose behalf a request is: the user, or the address where nobody has to say who he is. */
    public static String caller(ContainerRequestContext request) {
        return requester(request).map(Requester::user).map(Object::toString).orElseGet(() -> countedAddress(request));
    }

    /** The address of the client, or its network, as limits count it. */
    public static String countedAddress(ContainerRequestContext request) {
        return TrustedProxies.countedUnder(clientAddress(request));
    }

    public static void setContentType(ContainerRequestContext request, String contentType) {
        request.setProperty(CONTENT_TYPE, contentType);
    }

    /** The {@code Content-Type} as the client wrote it. */
    public static Optional<String> contentType(ContainerRequestContext request) {
        return request.getProperty(CONTENT_TYPE) instanceof String type ? Optional.of(type) : Optional.empty();
    }

    public static void setHead(ContainerRequestContext request) {
        request.setProperty(HEAD, true);
    }

    /** Whether the client wants the head of the answer alone. */
    public static boolean head(ContainerRequestContext request) {
        return request.getProperty(HEAD) != null;
    }

    public static void setOrigin(ContainerRequestContext request, ServerName origin) {
        request.setProperty(ORIGIN, origin);
    }

    /** The homeserver that is calling a resource that requires one. */
    public static ServerName requiredOrigin(ContainerRequestContext request) {
        if (request.getProperty(ORIGIN) instanceof ServerName origin) {
            return origin;
        }
        throw new IllegalStateException("the resource lacks @RequiresServer");
    }

    public static void setRequester(ContainerRequestContext request, Requester requester) {
        request.setProperty(REQUESTER, requester);
    }

    /** Who is calling, if the resource requires anybody. */
    public static Optional<Requester> requester(ContainerRequestContext request) {
        return request.getProperty(REQUESTER) instanceof Requester requester
                ? Optional.of(requester)
                : Optional.empty();
    }

    /** Who is calling a resource that requires somebody. */
    public static Requester requiredRequester(ContainerRequestContext request) {
        return requester(request).orElseThrow(() -> new IllegalStateException("the resource lacks @RequiresUser"));
    }
}
