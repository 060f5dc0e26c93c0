package io.mediakeep.federation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.concurrent.SingleFlight;
import io.mediakeep.federation.signing.KeyId;
import io.mediakeep.federation.signing.PublishedKeys;
import io.mediakeep.federation.signing.VerifyKey;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.ServerName;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
    private static final int MOST_SERVERS = 10_000;

    /**
     * How many requests may wait for keys that we do not know: they come from strangers, each holds a thread, and each
     * origin that they name is somebody whom we call.
     */
    private static final int MOST_WAITING = 128;

    private static final int MOST_WAITING_FOR_ONE = 32;

    /** How many of those origins may be asked at once; the door to the world has places for more than us. */
    private static final int MOST_ASKED = 32;

    private static final Duration LONGEST_WAIT_TO_ASK = Duration.ofSeconds(2);
    private static final int MOST_REFRESHES = 8;
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(10);
    private static final Duration LONGEST_BACK_OFF = Duration.ofHours(1);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final KeyServer servers;
    private final Clock clock;
    private final Executor refreshers;
    private final BackOff<ServerName> failures;
    private final Waiting<ServerName> refreshes = new Waiting<>(MOST_REFRESHES, 1);
    private final Waiting<ServerName> waiting = new Waiting<>(MOST_WAITING, MOST_WAITING_FOR_ONE);
    private final Semaphore asked = new Semaphore(MOST_ASKED);
    private final SingleFlight<ServerName, KnownKeys> questions = new SingleFlight<>();
    private final Cache<ServerName, KnownKeys> known =
            Caffeine.newBuilder().maximumSize(MOST_SERVERS).build();

    /** Asks homeservers themselves; {@code refreshers} runs what nobody waits for. */
    public KeyRing(RemoteServers servers, Clock clock, Executor refreshers) {
        this(server -> servers.json(server, PUBLISHED), clock, refreshers);
    }

    KeyRing(KeyServer servers, Clock clock, Executor refreshers) {
        this.servers = servers;
        this.clock = clock;
        this.refreshers = refreshers;
        this.failures = new BackOff<>(FIRST_BACK_OFF, LONGEST_BACK_OFF, clock);
    }

    /**
     * Whether the signature is one of the message with that key of the homeserver, which publishes it at present.
     *
     * @param signature unpadded Base64
     * @throws MatrixException 503 when we do not know its keys and too many already wait for such
     */
    public boolean verifies(ServerName server, KeyId id, byte[] message, String signature) {
        return find(server, id).filter(key -> key.verifies(message, signature)).isPresent();
    }

    private Optional<VerifyKey> find(ServerName server, KeyId id) {
        Instant now = clock.instant();
        KnownKeys keys = remembered(server, now);
        Optional<VerifyKey> key = keys.find(id);
        if (key.isEmpty() && mayAsk(server, keys, now)) {
            return askInLine(server, now).find(id);
        }
        if (key.isPresent() && keys.ageAt(now)) {
            refresh(server, now);
        }
        return key;
    }

    private KnownKeys remembered(ServerName server, Instant now) {
        KnownKeys keys = known.getIfPresent(server);
        if (keys == null) {
            return KnownKeys.none(Instant.EPOCH);
        }
        return keys.holdAt(now) ? keys : KnownKeys.none(keys.since());
    }

    private boolean mayAsk(ServerName server, KnownKeys keys, Instant now) {
        return keys.mayLackAt(now) && !failures.mustWait(server);
    }

    private KnownKeys askInLine(ServerName server, Instant now) {
        if (!waiting.enter(server)) {
            throw busy();
        }
        try {
            return ask(server, now, true);
        } finally {
            waiting.leave(server);
        }
    }

    private void refresh(ServerName server, Instant now) {
        if (!failures.mustWait(server) && refreshes.enter(server)) {
            refreshers.execute(() -> {
                try {
                    ask(server, now, false);
                } catch (MatrixException busy) {
                    log.debug("{} is being asked in line, and its turn did not come", server);
                } finally {
                    refreshes.leave(server);
                }
            });
        }
    }

    /** What the homeserver says, or what it said to somebody who asked after {@code now}. */
    private KnownKeys ask(ServerName server, Instant now, boolean inLine) {
        return questions.ask(server, () -> {
            KnownKeys before = remembered(server, now);
            boolean answered = !before.keys().isEmpty() && !before.since().isBefore(now);
            if (answered || failures.mustWait(server)) {
                return before;
            }
            return inLine ? fetchInLine(server, before) : fetch(server, before);
        });
    }

    private KnownKeys fetchInLine(ServerName server, KnownKeys before) {
        if (!mayAskInTime()) {
            throw busy();
        }
        try {
            return fetch(server, before);
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

    private KnownKeys fetch(ServerName server, KnownKeys before) {
        try {
            PublishedKeys published = PublishedKeys.check(server, servers.publishedBy(server), clock.instant());
            KnownKeys fresh = KnownKeys.of(published, clock.instant());
            known.put(server, fresh);
            failures.succeeded(server);
            return fresh;
        } catch (IOException failure) {
            failures.failed(server);
            log.info("No signing keys of {}: {}", server, failure.getMessage());
            return before;
        }
    }

    private static MatrixException busy() {
        return MatrixException.unavailable("Too many unknown signing keys are being asked for", TRY_AGAIN);
    }
}
