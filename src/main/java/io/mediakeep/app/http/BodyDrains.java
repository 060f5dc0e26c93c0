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
 * The bodies of requests that were answered before they were read, as most refused uploads are. They are read and thrown
 * away as they come, without a thread, until they end, and then the connection is used again; or until one of the limits
 * is reached, and then it is ended (RFC 9112, section 9.6).
 */
final class BodyDrains {
    private final DrainLimits limits;

    /** By the order in which they began. */
    private final Map<HttpConnection, Drain> running = new LinkedHashMap<>();

    /** One of them. */
    private record Drain(String address, boolean patient) {}

    BodyDrains(DrainLimits limits) {
        this.limits = limits;
    }

    /** Begins to read what is left of the body of this request. */
    void begin(HttpConnection connection, HttpRequestPacket request) {
        connection.begin(Phase.DRAIN);
        @Nullable HttpConnection givenUp = add(connection, request);
        if (givenUp != null) {
            givenUp.linger();
        }
    }

    private synchronized @Nullable HttpConnection add(HttpConnection connection, HttpRequestPacket request) {
        String address = request.getAttribute(RequestProperties.CLIENT_ADDRESS) instanceof String client
                ? TrustedProxies.countedUnder(client)
                : "";
        long others = running.values().stream()
                .filter(drain -> drain.address().equals(address))
                .count();
        boolean patient = hasToken(request) && others < limits.perAddress();
        running.put(connection, new Drain(address, patient));
        if (running.size() <= limits.most()) {
            return null;
        }
        HttpConnection givenUp =
                oldestBrief().orElseGet(() -> running.keySet().iterator().next());
        running.remove(givenUp);
        return givenUp;
    }

    /** Those who give no token must not displace those who do. */
    private Optional<HttpConnection> oldestBrief() {
        return running.entrySet().stream()
                .filter(drain -> !drain.getValue().patient())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether the token is any good is known to others; who gives one can at least be a client whose token expired. */
    private static boolean hasToken(HttpRequestPacket request) {
        @Nullable String query = request.getQueryString();
        return request.containsHeader(Header.Authorization) || (query != null && query.contains("access_token="));
    }

    /** Looks at all of them. */
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
        Duration longest = drain.patient() ? limits.longest() : limits.brief();
        boolean slow = age.compareTo(limits.brief()) >= 0 && bytes < limits.bytesPerSecond() * age.toSeconds();
        return slow || age.compareTo(longest) >= 0 || bytes >= limits.bytes();
    }

    private synchronized @Nullable Drain find(HttpConnection connection) {
        return running.get(connection);
    }

    /** Forgets a connection that is closed. */
    synchronized void remove(HttpConnection connection) {
        running.remove(connection);
    }

    /** How many there are. */
    synchronized int count() {
        return running.size();
    }
}
