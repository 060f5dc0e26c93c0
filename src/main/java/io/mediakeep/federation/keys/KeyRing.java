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
 * The keys of other homeservers, asked of themselves and remembered for a while. However many ask at once, a homeserver
 * is asked once; those who ask for another one do not notice.
 */
public final class KeyRing {
    private static final Logger log = LoggerFactory.getLogger(KeyRing.class);
    private static final String PUBLISHED = "/_matrix/key/v2/server";
    /** How many unknown origins may be asked at once; the next ones wait for a moment. */
    private static final int MOST_ASKED = 32;

    private static final Duration LONGEST_WAIT_TO_ASK = Duration.ofSeconds(2);
    private static final int MOST_REFRESHES = 8;
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACK_OFF = Duration.ofHours(1);

    private final KeyServer servers;
    private final Clock clock;
    private final Executor refreshers;
    private final Backoff<HostPort> failures;
    private final ConcurrencyLimits refreshes = new ConcurrencyLimits(MOST_REFRESHES, 1);
    private final KeyRequestLimits questions;
    private final Semaphore asked = new Semaphore(MOST_ASKED);
    private final SingleFlight<HostPort, CachedKeys> flights = new SingleFlight<>();
    private final KeyCache known = new KeyCache();

    /** Asks homeservers themselves; {@code refreshers} runs what nobody waits for. */
    public KeyRing(RemoteServers servers, Clock clock, Executor refreshers) {
        this(server -> servers.json(server, PUBLISHED), clock, refreshers);
    }

    public KeyRing(KeyServer servers, Clock clock, Executor refreshers) {
        this.servers = servers;
        this.clock = clock;
        this.refreshers = refreshers;
        this.failures = new Backoff<>(FIRST_BACK_OFF, LONGEST_BACK_OFF, clock);
        this.questions = new KeyRequestLimits(clock);
    }

    /**
     * Whether the signature is one of the message with that key of the homeserver, which publishes it at present.
     *
     * @param signature unpadded Base64
     * @param caller the address that the question is counted under
     * @throws MatrixException 503 when we do not know its keys and too many already wait for such
     */
    public boolean verifies(ServerName server, KeyId id, byte[] message, String signature, String caller) {
        boolean verified = HostPort.of(server)
                .flatMap(named -> find(server, named, id, caller))
                .filter(key -> key.verifies(message, signature))
                .isPresent();
        if (verified) {
            known.proved(server);
        }
        return verified;
    }

    private Optional<VerifyKey> find(ServerName server, HostPort named, KeyId id, String caller) {
        Instant now = clock.instant();
        CachedKeys keys = remembered(server, now);
        Optional<VerifyKey> key = keys.find(id);
        if (key.isEmpty() && keys.mayLackAt(now) && !failures.mustWait(named)) {
            return questions
                    .inLine(caller, named.host(), () -> ask(server, named, now, true))
                    .find(id);
        }
        if (key.isPresent() && keys.ageAt(now)) {
            refresh(server, named, now);
        }
        return key;
    }

    private CachedKeys remembered(ServerName server, Instant now) {
        return known.find(server)
                .map(keys -> keys.holdAt(now) ? keys : CachedKeys.none(server, keys.since()))
                .orElseGet(() -> CachedKeys.none(server, Instant.EPOCH));
    }

    private void refresh(ServerName server, HostPort named, Instant now) {
        List<String> parties = List.of(named.host());
        if (!failures.mustWait(named) && refreshes.enter(parties) == Outcome.TAKEN) {
            refreshers.execute(() -> {
                try {
                    ask(server, named, now, false);
                } catch (MatrixException busy) {
                    log.debug("{} is being asked in line, and its turn did not come", server);
                } finally {
                    refreshes.leave(parties);
                }
            });
        }
    }

    /**
     * What the homeserver says, or what it said to somebody who asked after {@code now}. All spellings of a name are one
     * question, so the answer may be that of another spelling, and then is of no use.
     */
    private CachedKeys ask(ServerName server, HostPort named, Instant now, boolean inLine) {
        CachedKeys answer = flights.ask(named, () -> {
            CachedKeys before = remembered(server, now);
            boolean answered = !before.keys().isEmpty() && !before.since().isBefore(now);
            if (answered || failures.mustWait(named)) {
                return before;
            }
            return inLine ? fetchInLine(named, before) : fetch(named, before);
        });
        return answer.server().equals(server) ? answer : CachedKeys.none(server, now);
    }

    private CachedKeys fetchInLine(HostPort named, CachedKeys before) {
        if (!mayAskInTime()) {
            throw KeyRequestLimits.busy();
        }
        try {
            return fetch(named, before);
        } finally {
            asked.release();
        }
    }

    private boolean mayAskInTime() {
        try {
            return asked.tryAcquire(LONGEST_WAIT_TO_ASK.toMillis(), TimeUnit.MILLISECONDS);
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
            known.put(fresh);
            failures.succeeded(named);
            return fresh;
        } catch (IOException failure) {
            failures.failed(named);
            log.info("No signing keys of {}: {}", server, failure.getMessage());
            return before;
        }
    }
}
