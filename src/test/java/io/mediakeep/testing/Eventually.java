package io.mediakeep.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** For what another process does in its own time: looks again and again until it is so, or patience ends. */
public final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(20);

    private Eventually() {}

    /** Returns as soon as the assertion holds; throws its last failure when it does not. */
    public static void holds(ThrowingCallable assertion) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                assertion.call();
                return;
            } catch (AssertionError failure) {
                if (Instant.now().isAfter(end)) {
                    throw failure;
                }
                LockSupport.parkNanos(LOOK.toNanos());
            } catch (Exception failure) {
                throw failure;
            } catch (Throwable failure) {
                throw new AssertionError(failure);
            }
        }
    }
}
