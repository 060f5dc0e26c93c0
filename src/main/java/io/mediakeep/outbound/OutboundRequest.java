package io.mediakeep.outbound;

import io.mediakeep.concurrent.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A GET request, and the limits of its response.
 *
 * @param purpose whose concurrency limits apply
 * @param uri {@code http} or {@code https}; a fragment is not sent
 * @param headers additional headers; they are sent after redirects too, so they contain no secrets
 * @param authorization the {@code Authorization} header, which is not sent after a redirect to another origin
 * @param route where to connect instead of the host in the URL; it applies as long as redirects stay at the URL's
 *     origin
 * @param filter checked for the URL of each redirect step, in canonical form; false rejects it
 * @param deadline of everything: DNS, connections, redirects and the body
 */
public record OutboundRequest(
        Purpose purpose,
        URI uri,
        Map<String, String> headers,
        Optional<String> authorization,
        Optional<Route> route,
        Predicate<URI> filter,
        Limits limits,
        Deadline deadline) {

    /**
     * The limits of the response.
     *
     * @param redirects how many are followed, 0 to 5; with 0 a redirect is returned
     * @param bytes the maximum size of the body, decompressed
     * @param complete whether a longer body is an error; otherwise it is truncated
     * @param compressed whether the server may compress the body
     * @param idle how long the server may take for the response head, and how long it may send nothing of the body, at
     *     least 1 ms; a body below 16 KiB/s for more than a few seconds fails anyway
     */
    public record Limits(int redirects, long bytes, boolean complete, boolean compressed, Duration idle) {
        public static final int MAX_REDIRECTS = 5;
        public static final Limits DEFAULTS = new Limits(0, 64 * 1024, true, false, Duration.ofSeconds(10));

        /** Rejects invalid limits with {@link IllegalArgumentException}. */
        public Limits {
            if (redirects < 0 || redirects > MAX_REDIRECTS || bytes < 0 || idle.toMillis() < 1) {
                throw new IllegalArgumentException("invalid limits");
            }
        }
    }

    /** Copies the headers. */
    public OutboundRequest {
        headers = Map.copyOf(headers);
        headers.forEach(HeaderRules::check);
        authorization.ifPresent(HeaderRules::checkValue);
    }

    /** A builder with the default limits. */
    public static Builder to(URI uri, Purpose purpose, Deadline deadline) {
        return new Builder(uri, purpose, deadline);
    }

    /** Builds a request. */
    public static final class Builder {
        private final URI uri;
        private final Purpose purpose;
        private final Deadline deadline;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private Optional<String> authorization = Optional.empty();
        private Optional<Route> route = Optional.empty();
        private Predicate<URI> filter = url -> true;
        private Limits limits = Limits.DEFAULTS;

        private Builder(URI uri, Purpose purpose, Deadline deadline) {
            this.uri = uri;
            this.purpose = purpose;
            this.deadline = deadline;
        }

        /** Adds a header; {@code Host}, {@code Authorization}, {@code Cookie} and the like are rejected. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Adds an {@code Authorization} header, for the scheme, host and port of the URL only. */
        public Builder authorization(String value) {
            authorization = Optional.of(value);
            return this;
        }

        /** Connects by a route instead of the host in the URL. */
        public Builder route(Route routeTo) {
            route = Optional.of(routeTo);
            return this;
        }

        /** Rejects URLs, also those of redirects, that the filter does not accept. */
        public Builder filter(Predicate<URI> accepted) {
            filter = accepted;
            return this;
        }

        /** Follows at most so many redirects. */
        public Builder redirects(int max) {
            limits = new Limits(max, limits.bytes, limits.complete, limits.compressed, limits.idle);
            return this;
        }

        /** Fails when the body is longer. */
        public Builder maxBytes(long bytes) {
            limits = new Limits(limits.redirects, bytes, true, limits.compressed, limits.idle);
            return this;
        }

        /** Truncates the body after so many bytes. */
        public Builder truncateAt(long bytes) {
            limits = new Limits(limits.redirects, bytes, false, limits.compressed, limits.idle);
            return this;
        }

        /** Permits a compressed body. */
        public Builder compressed() {
            limits = new Limits(limits.redirects, limits.bytes, limits.complete, true, limits.idle);
            return this;
        }

        /** Fails when nothing is received for so long. */
        public Builder idle(Duration max) {
            limits = new Limits(limits.redirects, limits.bytes, limits.complete, limits.compressed, max);
            return this;
        }

        /** The request. */
        public OutboundRequest build() {
            return new OutboundRequest(purpose, uri, headers, authorization, route, filter, limits, deadline);
        }
    }
}
