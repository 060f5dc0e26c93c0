package io.mediakeep.outbound;

import io.mediakeep.concurrent.Deadline;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A GET that we want to make, and how much of an answer we will bear with.
 *
 * @param purpose whose places it takes
 * @param uri {@code http} or {@code https}; a fragment is not sent
 * @param headers what else to send; a redirect takes them along, so they hold no secrets
 * @param authorization the {@code Authorization} header, which never follows a redirect to another origin
 * @param route where to connect instead of the host in the URL; it holds as long as redirects stay at the URL's origin
 * @param rule asked for the URL of every hop, in its canonical form; false refuses it
 * @param deadline ends everything: name service, connections, redirects and the body
 */
public record OutboundRequest(
        Purpose purpose,
        URI uri,
        Map<String, String> headers,
        Optional<String> authorization,
        Optional<Route> route,
        Predicate<URI> rule,
        Limits limits,
        Deadline deadline) {

    /**
     * How much is too much.
     *
     * @param redirects how many are followed, 0 to 5; with 0 a redirect is an answer like any other
     * @param bytes how long the body may be, once it is decompressed
     * @param whole whether a longer body is a failure; otherwise the part that fits is read
     * @param compressed whether the server may compress the body
     * @param idle how long the server may take for the head of its answer, and how long it may send nothing of the body,
     *     at least 1 ms; a body that comes more slowly than 16 KiB/s for more than a few seconds is given up anyway
     */
    public record Limits(int redirects, long bytes, boolean whole, boolean compressed, Duration idle) {
        public static final int MOST_REDIRECTS = 5;
        public static final Limits DEFAULTS = new Limits(0, 64 * 1024, true, false, Duration.ofSeconds(10));

        /** Refuses impossible limits with {@link IllegalArgumentException}. */
        public Limits {
            if (redirects < 0 || redirects > MOST_REDIRECTS || bytes < 0 || idle.toMillis() < 1) {
                throw new IllegalArgumentException("impossible limits");
            }
        }
    }

    /** Keeps its own copy of the headers. */
    public OutboundRequest {
        headers = Map.copyOf(headers);
        headers.forEach(HeaderRules::check);
        authorization.ifPresent(HeaderRules::checkValue);
    }

    /** A request with the default limits, to be made more precise. */
    public static Builder to(URI uri, Purpose purpose, Deadline deadline) {
        return new Builder(uri, purpose, deadline);
    }

    /** Says one thing after another about a request. */
    public static final class Builder {
        private final URI uri;
        private final Purpose purpose;
        private final Deadline deadline;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private Optional<String> authorization = Optional.empty();
        private Optional<Route> route = Optional.empty();
        private Predicate<URI> rule = hop -> true;
        private Limits limits = Limits.DEFAULTS;

        private Builder(URI uri, Purpose purpose, Deadline deadline) {
            this.uri = uri;
            this.purpose = purpose;
            this.deadline = deadline;
        }

        /** Sends a header. {@code Host}, {@code Authorization}, {@code Cookie} and the like are refused. */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Sends an {@code Authorization} header, as long as it stays at the same scheme, host and port. */
        public Builder authorization(String value) {
            authorization = Optional.of(value);
            return this;
        }

        /** Connects elsewhere than the URL says. */
        public Builder via(Route way) {
            route = Optional.of(way);
            return this;
        }

        /** Refuses every hop of which this is not true. */
        public Builder onlyWhere(Predicate<URI> permitted) {
            rule = permitted;
            return this;
        }

        /** Follows at most so many redirects. */
        public Builder redirects(int most) {
            limits = new Limits(most, limits.bytes, limits.whole, limits.compressed, limits.idle);
            return this;
        }

        /** Fails when the body is longer. */
        public Builder atMost(long bytes) {
            limits = new Limits(limits.redirects, bytes, true, limits.compressed, limits.idle);
            return this;
        }

        /** Reads so many bytes of the body and leaves the rest. */
        public Builder theFirst(long bytes) {
            limits = new Limits(limits.redirects, bytes, false, limits.compressed, limits.idle);
            return this;
        }

        /** Lets the server compress the body. */
        public Builder compressed() {
            limits = new Limits(limits.redirects, limits.bytes, limits.whole, true, limits.idle);
            return this;
        }

        /** Gives up when nothing comes for so long. */
        public Builder idle(Duration most) {
            limits = new Limits(limits.redirects, limits.bytes, limits.whole, limits.compressed, most);
            return this;
        }

        /** The request. */
        public OutboundRequest build() {
            return new OutboundRequest(purpose, uri, headers, authorization, route, rule, limits, deadline);
        }
    }
}
