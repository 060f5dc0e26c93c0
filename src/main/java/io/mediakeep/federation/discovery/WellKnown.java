package io.mediakeep.federation.discovery;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.concurrent.Deadline;
import io.mediakeep.concurrent.SingleFlight;
import io.mediakeep.matrix.JsonText;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.outbound.Purpose;
import io.mediakeep.outbound.http.OutboundClient;
import io.mediakeep.outbound.http.OutboundResponse;
import jakarta.json.JsonString;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * The delegations of hosts in {@code /.well-known/matrix/server} (Matrix server-server API, "Resolving server names").
 * Responses are cached, and so is their absence, for longer each time.
 */
final class WellKnown {
    private static final int MAX_CACHED = 20_000;
    private static final long MAX_RESPONSE_BYTES = 50 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration INITIAL_BACKOFF = Duration.ofMinutes(1);
    private static final Duration MAX_BACKOFF = Duration.ofHours(1);

    private final OutboundClient client;
    private final String port;
    private final Clock clock;
    private final Backoff<String> failures;
    private final SingleFlight<String, Optional<ServerName>> flights = new SingleFlight<>();
    private final Cache<String, Delegation> cache =
            Caffeine.newBuilder().maximumSize(MAX_CACHED).build();

    WellKnown(OutboundClient client, Clock clock) {
        this(client, "", clock);
    }

    /** @param port appended to the host in the URL, for tests that cannot listen on 443 */
    WellKnown(OutboundClient client, String port, Clock clock) {
        this.client = client;
        this.port = port;
        this.clock = clock;
        this.failures = new Backoff<>(INITIAL_BACKOFF, MAX_BACKOFF, clock);
    }

    /** The delegation of a host; empty when there is none. */
    Optional<ServerName> delegatedBy(String host) {
        Optional<ServerName> fresh = fresh(host);
        return fresh.isPresent() ? fresh : flights.get(host, () -> fresh(host).or(() -> requestUnlessDelayed(host)));
    }

    private Optional<ServerName> fresh(String host) {
        return cached(host, Delegation::freshness);
    }

    private Optional<ServerName> cached(String host) {
        return cached(host, delegation -> Freshness.MAX);
    }

    private Optional<ServerName> cached(String host, Function<Delegation, Duration> maxAge) {
        return Optional.ofNullable(cache.getIfPresent(host))
                .filter(delegation -> delegation.isYoungerThan(maxAge.apply(delegation), clock.instant()))
                .map(Delegation::server);
    }

    private Optional<ServerName> requestUnlessDelayed(String host) {
        return failures.isDelayed(host) ? cached(host) : request(host);
    }

    private Optional<ServerName> request(String host) {
        URI uri = URI.create("https://" + host + port + "/.well-known/matrix/server");
        OutboundRequest get = OutboundRequest.to(uri, Purpose.DISCOVERY, Deadline.in(TIMEOUT))
                .redirects(OutboundRequest.Limits.MAX_REDIRECTS)
                .maxBytes(MAX_RESPONSE_BYTES)
                .build();
        try (OutboundResponse response = client.get(get)) {
            Delegation delegation =
                    new Delegation(server(response), clock.instant(), Freshness.lifetime(response, clock));
            cache.put(host, delegation);
            failures.succeeded(host);
            return Optional.of(delegation.server());
        } catch (OutboundException failure) {
            failures.failed(host);
            return cached(host);
        } catch (IOException | IllegalArgumentException noDelegation) {
            failures.failed(host);
            cache.invalidate(host);
            return Optional.empty();
        }
    }

    private static ServerName server(OutboundResponse response) throws IOException {
        if (response.status() == 200
                && JsonText.object(response.body().readAllBytes()).get("m.server") instanceof JsonString server) {
            return new ServerName(server.getString());
        }
        throw new IOException("no delegation");
    }

    /**
     * A cached delegation. It is used for {@link Freshness#MAX} when the host does not respond any more.
     *
     * @param freshness after this it must be requested again
     */
    private record Delegation(ServerName server, Instant since, Duration freshness) {
        /** False after the clock was set back, which makes the age unknown. */
        boolean isYoungerThan(Duration age, Instant now) {
            return !now.isBefore(since) && now.isBefore(since.plus(age));
        }
    }
}
