package io.mediakeep.container;

import io.mediakeep.api.RequestProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.jspecify.annotations.Nullable;

/** A request in progress, of which listeners are notified. */
final class ObservedRequest {
    private static final String NO_ENDPOINT = "none";

    /** The names of resource classes as those of endpoints: {@code LegacyDownloadResource} is {@code legacy-download}. */
    private static final ClassValue<String> ENDPOINTS = new ClassValue<>() {
        private static final Pattern INNER_CAPITAL = Pattern.compile("(?<=.)(?=[A-Z])");

        @Override
        protected String computeValue(Class<?> resource) {
            String name = resource.getSimpleName().replaceFirst("Resource$", "");
            return INNER_CAPITAL.matcher(name).replaceAll("-").toLowerCase(Locale.ROOT);
        }
    };

    private final JerseyApplication.Head head;
    private final RequestBody body;
    private final List<RequestListener> listeners;
    private final Instant begunAt;
    private final long begun = System.nanoTime();
    private final AtomicBoolean completed = new AtomicBoolean();

    /** Notifies the listeners of its begin. */
    ObservedRequest(JerseyApplication.Head head, RequestBody body, List<RequestListener> listeners, Instant begunAt) {
        this.head = head;
        this.body = body;
        this.listeners = listeners;
        this.begunAt = begunAt;
        listeners.forEach(RequestListener::begun);
    }

    /**
     * Notifies the listeners of its end, once.
     *
     * @param response absent if there was none, for a fault
     */
    void completed(@Nullable ContainerResponse response, int status, long sentBytes, boolean complete) {
        if (!completed.compareAndSet(false, true)) {
            return;
        }
        CompletedRequest request = new CompletedRequest(
                head,
                response == null ? NO_ENDPOINT : endpoint(response.getRequestContext()),
                response == null ? Optional.empty() : RequestProperties.requesterName(response.getRequestContext()),
                begunAt,
                Duration.ofNanos(System.nanoTime() - begun),
                status,
                body.received(),
                sentBytes,
                complete);
        listeners.forEach(listener -> listener.completed(request));
    }

    private static String endpoint(ContainerRequest request) {
        @Nullable ResourceMethod method = request.getUriInfo().getMatchedResourceMethod();
        return method == null
                ? NO_ENDPOINT
                : ENDPOINTS.get(method.getInvocable().getHandler().getHandlerClass());
    }
}
