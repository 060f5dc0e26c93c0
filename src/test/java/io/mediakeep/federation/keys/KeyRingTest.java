package io.mediakeep.federation.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.federation.signing.KeyId;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.MutableClock;
import io.mediakeep.testing.TestKey;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final ServerName SERVER = new ServerName("origin.example");
    private static final ServerName SLOW = new ServerName("slow.example");
    private static final int SHARE_OF_A_CALLER = KeyRequestLimits.MAX_WAITING_FOR_HOST / 2;
    private static final String CALLER = "192.0.2.1";
    private static final byte[] MESSAGE = "a request".getBytes();

    private final MutableClock clock = new MutableClock();
    private final TestKey key = new TestKey("ed25519:a_1");
    private final TestKey other = new TestKey("ed25519:b");
    private final Map<ServerName, KeyServer> world = new ConcurrentHashMap<>();
    private final AtomicInteger fetches = new AtomicInteger();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final KeyRing ring = new KeyRing(this::fetch, clock, later::add);

    private JsonObject fetch(ServerName server) throws IOException {
        fetches.incrementAndGet();
        KeyServer said = world.get(server);
        if (said == null) {
            throw new IOException("nobody there");
        }
        return said.publishedBy(server);
    }

    private void publishes(Duration validity, TestKey... keys) {
        world.put(
                SERVER,
                server -> TestKey.published(server.value(), clock.instant().plus(validity), List.of(keys)));
    }

    @AfterEach
    void releaseTheSlowServer() {
        slow.countDown();
    }

    @Test
    void aSignatureByAPublishedKeyIsValid() {
        publishes(Duration.ofDays(1), key);
        assertThat(verifies(SERVER, key)).isTrue();
    }

    @Test
    void aSignatureOfAnotherMessageKeyOrServerIsInvalid() {
        publishes(Duration.ofDays(1), key);
        KeyId id = new KeyId(key.id());
        assertThat(ring.verifies(SERVER, id, "another".getBytes(), key.sign(MESSAGE), CALLER))
                .isFalse();
        assertThat(ring.verifies(SERVER, id, MESSAGE, other.sign(MESSAGE), CALLER))
                .isFalse();
        assertThat(ring.verifies(SERVER, id, MESSAGE, "AAAA", CALLER)).isFalse();
        assertThat(ring.verifies(SERVER, id, MESSAGE, "!", CALLER)).isFalse();
        assertThat(ring.verifies(SERVER, new KeyId("ed25519:z"), MESSAGE, key.sign(MESSAGE), CALLER))
                .isFalse();
    }

    @Test
    void keysAreFetchedOnce() {
        publishes(Duration.ofDays(1), key);
        verifies(SERVER, key);
        verifies(SERVER, key);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void keysAreUsedForHalfTheirValidityAndRefreshedBefore() {
        publishes(Duration.ofHours(8), key);
        verifies(SERVER, key);
        clock.advance(Duration.ofHours(2));
        assertThat(verifies(SERVER, key)).isTrue();
        assertThat(later).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(verifies(SERVER, key)).isTrue();
        assertThat(verifies(SERVER, key)).isTrue();
        assertThat(later).hasSize(1); // no request waited for it, and it is fetched once
        later.remove().run();
        assertThat(fetches).hasValue(2);
        clock.advance(Duration.ofHours(2));
        assertThat(verifies(SERVER, key)).isTrue();
        assertThat(fetches).hasValue(2);
        assertThat(later).isEmpty();
    }

    @Test
    void keysFetchedMeanwhileAreNotFetchedAgain() {
        publishes(Duration.ofHours(8), key);
        verifies(SERVER, key);
        clock.advance(Duration.ofHours(3));
        verifies(SERVER, key);
        assertThat(verifies(SERVER, other)).isFalse();
        assertThat(fetches).hasValue(2);
        later.remove().run();
        assertThat(fetches).hasValue(2);
    }

    @Test
    void keysThatCannotBeRefreshedExpire() {
        publishes(Duration.ofHours(8), key);
        verifies(SERVER, key);
        world.clear();
        clock.advance(Duration.ofHours(3));
        assertThat(verifies(SERVER, key)).isTrue();
        later.remove().run();
        assertThat(verifies(SERVER, key)).isTrue();
        clock.advance(Duration.ofHours(1));
        assertThat(verifies(SERVER, key)).isFalse();
    }

    @Test
    void noKeysAreUsedForMoreThanADay() {
        publishes(Duration.ofDays(300), key);
        verifies(SERVER, key);
        world.clear();
        clock.advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(verifies(SERVER, key)).isTrue();
        clock.advance(Duration.ofSeconds(1));
        assertThat(verifies(SERVER, key)).isFalse();
    }

    @Test
    void keysOfShortValidityAreNotUsedLongerNorFetchedMoreThanOnceAMinute() {
        publishes(Duration.ofSeconds(2), key);
        verifies(SERVER, key);
        clock.advance(Duration.ofSeconds(2).minusMillis(1));
        assertThat(verifies(SERVER, key)).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(verifies(SERVER, key)).isFalse();
        clock.advance(Duration.ofSeconds(57));
        assertThat(verifies(SERVER, key)).isFalse();
        assertThat(fetches).hasValue(1);
        clock.advance(Duration.ofSeconds(1));
        assertThat(verifies(SERVER, key)).isTrue();
        assertThat(fetches).hasValue(2);
    }

    @Test
    void aNewKeyIsFetchedButUnknownOnesAreNotFetchedRepeatedly() {
        publishes(Duration.ofDays(1), key);
        verifies(SERVER, key);
        publishes(Duration.ofDays(1), key, other);
        assertThat(verifies(SERVER, other)).isFalse();
        assertThat(fetches).hasValue(1);
        clock.advance(Duration.ofMinutes(1));
        assertThat(verifies(SERVER, other)).isTrue();
        assertThat(fetches).hasValue(2);
    }

    @Test
    void theDelayAfterFailuresIncreases() {
        assertThat(verifies(SERVER, key)).isFalse();
        publishes(Duration.ofDays(1), other);
        world.put(
                SERVER,
                server -> TestKey.published("evil.example", clock.instant().plusSeconds(99), List.of(key)));
        assertThat(verifies(SERVER, key)).isFalse();
        assertThat(fetches).hasValue(1);
        clock.advance(Duration.ofSeconds(10));
        assertThat(verifies(SERVER, key)).isFalse();
        assertThat(fetches).hasValue(2);
        publishes(Duration.ofDays(1), key);
        clock.advance(Duration.ofSeconds(19));
        assertThat(verifies(SERVER, key)).isFalse();
        assertThat(fetches).hasValue(2);
        clock.advance(Duration.ofSeconds(1));
        assertThat(verifies(SERVER, key)).isTrue();
    }

    @Test
    void concurrentRequestsShareOneFetch() throws Exception {
        int askers = SHARE_OF_A_CALLER;
        CountDownLatch asking = new CountDownLatch(askers);
        publishes(Duration.ofDays(1), key);
        KeyServer response = world.get(SERVER);
        world.put(SERVER, server -> {
            await(asking);
            return response.publishedBy(server);
        });
        List<Object> responses = Concurrently.run(askers, () -> {
            asking.countDown();
            return verifies(SERVER, key);
        });
        assertThat(responses).containsOnly(true);
        assertThat(fetches).hasValue(1);
    }

    @Test
    void aSlowServerDoesNotDelayOthersAndItsWaitersAreBounded() throws Exception {
        world.put(SLOW, server -> {
            await(slow);
            throw new IOException("too slow");
        });
        publishes(Duration.ofDays(1), key);
        List<Thread> waiting = IntStream.range(0, KeyRequestLimits.MAX_WAITING_FOR_HOST)
                .mapToObj(index -> new Thread(() -> verifies(SLOW, key, "caller" + index)))
                .toList();
        waiting.forEach(Thread::start);
        Eventually.holds(() -> assertThat(waiting).allMatch(KeyRingTest::isParked));

        assertThatThrownBy(() -> verifies(SLOW, key))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        exception -> assertThat(exception.status()).isEqualTo(503));
        assertThat(verifies(SERVER, key)).isTrue();

        slow.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(fetches).hasValue(2);
        assertThat(verifies(SLOW, key)).isFalse();
    }

    @Test
    void concurrentFetchesAreBoundedAndTheNextIsQueued() throws Exception {
        publishes(Duration.ofDays(1), key);
        List<Thread> waiting = IntStream.range(0, 32)
                .mapToObj(index -> new ServerName("slow" + index + ".example"))
                .peek(server -> world.put(server, never -> {
                    await(slow);
                    throw new IOException("too slow");
                }))
                .map(server -> new Thread(() -> verifies(server, key, server.value())))
                .toList();
        waiting.forEach(Thread::start);
        Eventually.holds(() -> assertThat(fetches).hasValue(32));

        assertThatThrownBy(() -> verifies(SERVER, key)).isInstanceOf(MatrixException.class);
        CompletableFuture<Boolean> next = CompletableFuture.supplyAsync(() -> verifies(SERVER, key));
        slow.countDown();
        assertThat(next.get()).isTrue();
        for (Thread thread : waiting) {
            thread.join();
        }
    }

    @Test
    void aCallerIsLimitedToAShareOfTheFetches() throws Exception {
        List<Thread> waiting = IntStream.range(0, SHARE_OF_A_CALLER)
                .mapToObj(index -> new ServerName("slow" + index + ".example"))
                .peek(server -> world.put(server, never -> {
                    await(slow);
                    throw new IOException("too slow");
                }))
                .map(server -> new Thread(() -> verifies(server, key)))
                .toList();
        waiting.forEach(Thread::start);
        Eventually.holds(() -> assertThat(fetches).hasValue(SHARE_OF_A_CALLER));

        assertThatThrownBy(() -> verifies(new ServerName("another.example"), key))
                .isInstanceOf(MatrixException.class);
        for (int i = 0; i < 12; i++) {
            ServerName honest = new ServerName("honest" + i + ".example");
            world.put(honest, this::published);
            assertThat(verifies(honest, key, "198.51.100." + i)).isTrue();
        }
        slow.countDown();
        for (Thread thread : waiting) {
            thread.join();
        }
    }

    @Test
    void aCallerWithTooManyFailedFetchesIsRejected() {
        for (int i = 0; i < KeyRequestLimits.MAX_FAILURES; i++) {
            assertThat(verifies(new ServerName("nobody" + i + ".example"), key)).isFalse();
        }
        assertThatThrownBy(() -> verifies(new ServerName("another.example"), key))
                .isInstanceOf(MatrixException.class);
        publishes(Duration.ofDays(1), key);
        assertThat(verifies(SERVER, key, "198.51.100.1")).isTrue();
        assertThat(verifies(SERVER, key)).isTrue();
        clock.advance(Duration.ofMinutes(1));
        assertThat(verifies(new ServerName("another.example"), key)).isFalse();
    }

    @Test
    void allSpellingsOfANameShareADelay() {
        for (String spelling : List.of("victim.example:81", "VICTIM.example:81", "vIctim.example:81")) {
            assertThat(verifies(new ServerName(spelling), key)).isFalse();
        }
        assertThat(fetches).hasValue(1);
    }

    @Test
    void keysOfAnotherSpellingAreNotUsed() {
        publishes(Duration.ofDays(1), key);
        ServerName shouted = new ServerName("ORIGIN.example");
        world.put(shouted, server -> published(SERVER));
        assertThat(verifies(shouted, key)).isFalse();
        assertThat(verifies(SERVER, key)).isFalse(); // it is delayed, as the other spelling failed
        clock.advance(Duration.ofSeconds(10));
        assertThat(verifies(SERVER, key)).isTrue();
    }

    private JsonObject published(ServerName server) {
        return TestKey.published(server.value(), clock.instant().plus(Duration.ofDays(1)), List.of(key));
    }

    private static boolean isParked(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }

    private boolean verifies(ServerName server, TestKey signer) {
        return verifies(server, signer, CALLER);
    }

    private boolean verifies(ServerName server, TestKey signer, String caller) {
        return ring.verifies(server, new KeyId(signer.id()), MESSAGE, signer.sign(MESSAGE), caller);
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }
}
