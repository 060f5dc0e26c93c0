package io.mediakeep.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Polls for the effect of another process or thread, up to a timeout. */
public final class Eventually {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private Eventually() {}

    /** Returns as soon as the assertion holds; throws its last failure after the timeout. */
    public static void holds(ThrowingCallable assertion) throws Exception {
        Instant end = Instant.now().plus(TIMEOUT);
        while (true) {
            try {
                assertion.call();
                return;
            } catch (AssertionError failure) {
                if (Instant.now().isAfter(end)) {
                    throw failure;
                }
                LockSupport.parkNanos(POLL_INTERVAL.toNanos());
            } catch (Exception failure) {
                throw failure;
            } catch (Throwable failure) {
                throw new AssertionError(failure);
            }
        }
    }
}
