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
 * To whom a host delegates being a homeserver, in its {@code /.well-known/matrix/server} (Matrix server-server API,
 * "Resolving server names"). Answers are remembered, and so is that there is none, for longer each time.
 */
final class WellKnown {
    private static final int MOST_REMEMBERED = 20_000;
    private static final long LONGEST_ANSWER = 50 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration FIRST_BACK_OFF = Duration.ofMinutes(1);
    private static final Duration LONGEST_BACK_OFF = Duration.ofHours(1);

    private final OutboundClient client;
    private final String port;
    private final Clock clock;
    private final Backoff<String> failures;
    private final SingleFlight<String, Optional<ServerName>> questions = new SingleFlight<>();
    private final Cache<String, Delegation> remembered =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    WellKnown(OutboundClient client, Clock clock) {
        this(client, "", clock);
    }

    /** @param port what follows the host in the URL, since a test may not listen at 443 */
    WellKnown(OutboundClient client, String port, Clock clock) {
        this.client = client;
        this.port = port;
        this.clock = clock;
        this.failures = new Backoff<>(FIRST_BACK_OFF, LONGEST_BACK_OFF, clock);
    }

    /** Empty when the host does not delegate, or does not say. */
    Optional<ServerName> delegatedBy(String host) {
        Optional<ServerName> fresh = fresh(host);
        return fresh.isPresent() ? fresh : questions.ask(host, () -> fresh(host).or(() -> askUnlessInVain(host)));
    }

    private Optional<ServerName> fresh(String host) {
        return known(host, Delegation::freshness);
    }

    private Optional<ServerName> known(String host) {
        return known(host, delegation -> Freshness.LONGEST);
    }

    private Optional<ServerName> known(String host, Function<Delegation, Duration> longest) {
        return Optional.ofNullable(remembered.getIfPresent(host))
                .filter(delegation -> delegation.isYoungerThan(longest.apply(delegation), clock.instant()))
                .map(Delegation::server);
    }

    private Optional<ServerName> askUnlessInVain(String host) {
        return failures.mustWait(host) ? known(host) : ask(host);
    }

    private Optional<ServerName> ask(String host) {
        URI uri = URI.create("https://" + host + port + "/.well-known/matrix/server");
        OutboundRequest request = OutboundRequest.to(uri, Purpose.DISCOVERY, Deadline.in(PATIENCE))
                .redirects(OutboundRequest.Limits.MOST_REDIRECTS)
                .atMost(LONGEST_ANSWER)
                .build();
        try (OutboundResponse answer = client.get(request)) {
            Delegation delegation = new Delegation(server(answer), clock.instant(), Freshness.of(answer, clock));
            remembered.put(host, delegation);
            failures.succeeded(host);
            return Optional.of(delegation.server());
        } catch (OutboundException noAnswer) {
            failures.failed(host);
            return known(host);
        } catch (IOException | IllegalArgumentException noDelegation) {
            failures.failed(host);
            remembered.invalidate(host);
            return Optional.empty();
        }
    }

    private static ServerName server(OutboundResponse answer) throws IOException {
        if (answer.status() == 200
                && JsonText.object(answer.body().readAllBytes()).get("m.server") instanceof JsonString server) {
            return new ServerName(server.getString());
        }
        throw new IOException("no delegation");
    }

    /**
     * What a host said. It holds for {@link Freshness#LONGEST} even if the host does not answer any more.
     *
     * @param freshness after this the host must be asked again
     */
    private record Delegation(ServerName server, Instant since, Duration freshness) {
        /** Not so when the clock was set back, which leaves the age unknown. */
        boolean isYoungerThan(Duration age, Instant now) {
            return !now.isBefore(since) && now.isBefore(since.plus(age));
        }
    }
}
