package io.mediakeep.app.http;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.app.http.HttpConnection.Phase;
import io.mediakeep.limits.TrustedProxies;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.util.Header;
import org.jspecify.annotations.Nullable;

/**
 * Reads and discards the bodies of requests that were responded to before they were read, as those of most rejected
 * uploads, without a thread. When a body ends, the connection is reused; when a limit is reached, the connection is
 * closed (RFC 9112, section 9.6).
 */
final class BodyDrains {
    private final DrainLimits limits;

    /** In the order in which they began. */
    private final Map<HttpConnection, Drain> running = new LinkedHashMap<>();

    /** A body that is read. */
    private record Drain(String address, boolean withToken) {}

    BodyDrains(DrainLimits limits) {
        this.limits = limits;
    }

    /** Begins to read the rest of the body of this request. */
    void begin(HttpConnection connection, HttpRequestPacket request) {
        connection.begin(Phase.DRAIN);
        @Nullable HttpConnection evicted = add(connection, request);
        if (evicted != null) {
            evicted.linger();
        }
    }

    private synchronized @Nullable HttpConnection add(HttpConnection connection, HttpRequestPacket request) {
        String address = request.getAttribute(RequestProperties.CLIENT_ADDRESS) instanceof String client
                ? TrustedProxies.limitKey(client)
                : "";
        long others = running.values().stream()
                .filter(drain -> drain.address().equals(address))
                .count();
        boolean withToken = hasToken(request) && others < limits.perAddress();
        running.put(connection, new Drain(address, withToken));
        if (running.size() <= limits.maxCount()) {
            return null;
        }
        HttpConnection evicted =
                oldestBrief().orElseGet(() -> running.keySet().iterator().next());
        running.remove(evicted);
        return evicted;
    }

    /** Requests without a token must not displace those with one. */
    private Optional<HttpConnection> oldestBrief() {
        return running.entrySet().stream()
                .filter(drain -> !drain.getValue().withToken())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether there is a token, valid or not: it may be from a client whose token has expired. */
    private static boolean hasToken(HttpRequestPacket request) {
        @Nullable String query = request.getQueryString();
        return request.containsHeader(Header.Authorization) || (query != null && query.contains("access_token="));
    }

    /** Checks all. */
    void checkAll() {
        List<HttpConnection> connections;
        synchronized (this) {
            connections = List.copyOf(running.keySet());
        }
        connections.forEach(this::check);
    }

    /** Ends one when the body has ended, or a limit is reached. */
    void check(HttpConnection connection) {
        @Nullable Drain drain = find(connection);
        if (drain == null) {
            return;
        }
        if (!connection.is(Phase.DRAIN) || connection.drained() < 0) {
            remove(connection);
            connection.endDrain();
        } else if (isOver(drain, connection.age(), connection.drained())) {
            remove(connection);
            connection.linger();
        }
    }

    private boolean isOver(Drain drain, Duration age, long bytes) {
        Duration max = drain.withToken() ? limits.max() : limits.brief();
        boolean slow = age.compareTo(limits.brief()) >= 0 && bytes < limits.bytesPerSecond() * age.toSeconds();
        return slow || age.compareTo(max) >= 0 || bytes >= limits.bytes();
    }

    private synchronized @Nullable Drain find(HttpConnection connection) {
        return running.get(connection);
    }

    /** Removes a closed connection. */
    synchronized void remove(HttpConnection connection) {
        running.remove(connection);
    }

    /** Their number. */
    synchronized int count() {
        return running.size();
    }
}
