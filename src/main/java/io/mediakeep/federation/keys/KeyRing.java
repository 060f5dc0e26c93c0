package io.mediakeep.federation.keys;

import io.mediakeep.concurrent.ConcurrencyLimits;
import io.mediakeep.concurrent.ConcurrencyLimits.Outcome;
import io.mediakeep.concurrent.SingleFlight;
import io.mediakeep.federation.discovery.Backoff;
import io.mediakeep.federation.discovery.HostPort;
import io.mediakeep.federation.discovery.RemoteServers;
import io.mediakeep.federation.signing.KeyId;
import io.mediakeep.federation.signing.PublishedKeys;
import io.mediakeep.federation.signing.VerifyKey;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.ServerName;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signing keys of other homeservers, fetched from them and cached. However many requests there are, a homeserver is
 * requested once; requests for other homeservers are not delayed.
 */
public final class KeyRing {
    private static final Logger log = LoggerFactory.getLogger(KeyRing.class);
    private static final String PUBLISHED = "/_matrix/key/v2/server";
    /** How many unknown servers may be requested at once; further ones wait for a moment. */
    private static final int MAX_FETCHES = 32;

    private static final Duration MAX_QUEUEING = Duration.ofSeconds(2);
    private static final int MAX_REFRESHES = 8;
    private static final Duration INITIAL_BACKOFF = Duration.ofSeconds(10);
    private static final Duration MAX_BACKOFF = Duration.ofHours(1);

    private final KeyServer servers;
    private final Clock clock;
    private final Executor refreshers;
    private final Backoff<HostPort> failures;
    private final ConcurrencyLimits refreshes = new ConcurrencyLimits(MAX_REFRESHES, 1);
    private final KeyRequestLimits limits;
    private final Semaphore fetches = new Semaphore(MAX_FETCHES);
    private final SingleFlight<HostPort, CachedKeys> flights = new SingleFlight<>();
    private final KeyCache cache = new KeyCache();

    /** Fetches keys from the homeservers; {@code refreshers} runs refreshes, for which no request waits. */
    public KeyRing(RemoteServers servers, Clock clock, Executor refreshers) {
        this(server -> servers.json(server, PUBLISHED), clock, refreshers);
    }

    KeyRing(KeyServer servers, Clock clock, Executor refreshers) {
        this.servers = servers;
        this.clock = clock;
        this.refreshers = refreshers;
        this.failures = new Backoff<>(INITIAL_BACKOFF, MAX_BACKOFF, clock);
        this.limits = new KeyRequestLimits(clock);
    }

    /**
     * Whether the signature of the message is valid with that key, which the homeserver publishes at present.
     *
     * @param signature unpadded Base64
     * @param caller the address that requests for keys are counted by
     * @throws MatrixException 503 when the keys are unknown and too many requests wait for such
     */
    public boolean verifies(ServerName server, KeyId id, byte[] message, String signature, String caller) {
        boolean verified = HostPort.of(server)
                .flatMap(named -> find(server, named, id, caller))
                .filter(key -> key.verifies(message, signature))
                .isPresent();
        if (verified) {
            cache.verified(server);
        }
        return verified;
    }

    private Optional<VerifyKey> find(ServerName server, HostPort named, KeyId id, String caller) {
        Instant now = clock.instant();
        CachedKeys keys = cached(server, now);
        Optional<VerifyKey> key = keys.find(id);
        if (key.isEmpty() && keys.refetchableAt(now) && !failures.isDelayed(named)) {
            return limits.fetch(caller, named.host(), () -> fetchOnce(server, named, now, true))
                    .find(id);
        }
        if (key.isPresent() && keys.refreshDueAt(now)) {
            refresh(server, named, now);
        }
        return key;
    }

    private CachedKeys cached(ServerName server, Instant now) {
        return cache.find(server)
                .map(keys -> keys.validAt(now) ? keys : CachedKeys.none(server, keys.since()))
                .orElseGet(() -> CachedKeys.none(server, Instant.EPOCH));
    }

    private void refresh(ServerName server, HostPort named, Instant now) {
        List<String> parties = List.of(named.host());
        if (!failures.isDelayed(named) && refreshes.tryAcquire(parties) == Outcome.ACQUIRED) {
            refreshers.execute(() -> {
                try {
                    fetchOnce(server, named, now, false);
                } catch (MatrixException busy) {
                    log.debug("A fetch of the keys of {} is queued already", server);
                } finally {
                    refreshes.release(parties);
                }
            });
        }
    }

    /**
     * The homeserver's keys, fetched after {@code now} by this or another request. All spellings of a name share a
     * request, so the result may be for another spelling, and is not used then.
     */
    private CachedKeys fetchOnce(ServerName server, HostPort named, Instant now, boolean limited) {
        CachedKeys result = flights.get(named, () -> {
            CachedKeys before = cached(server, now);
            boolean fetchedMeanwhile =
                    !before.keys().isEmpty() && !before.since().isBefore(now);
            if (fetchedMeanwhile || failures.isDelayed(named)) {
                return before;
            }
            return limited ? fetchLimited(named, before) : fetch(named, before);
        });
        return result.server().equals(server) ? result : CachedKeys.none(server, now);
    }

    private CachedKeys fetchLimited(HostPort named, CachedKeys before) {
        if (!acquireFetch()) {
            throw KeyRequestLimits.busy();
        }
        try {
            return fetch(named, before);
        } finally {
            fetches.release();
        }
    }

    private boolean acquireFetch() {
        try {
            return fetches.tryAcquire(MAX_QUEUEING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private CachedKeys fetch(HostPort named, CachedKeys before) {
        ServerName server = before.server();
        try {
            PublishedKeys published = PublishedKeys.check(server, servers.publishedBy(server), clock.instant());
            CachedKeys fresh = CachedKeys.of(server, published, clock.instant());
            cache.put(fresh);
            failures.succeeded(named);
            return fresh;
        } catch (IOException failure) {
            failures.failed(named);
            log.info("No signing keys of {}: {}", server, failure.getMessage());
            return before;
        }
    }
}
