package io.mediakeep.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import io.mediakeep.limits.TrustedProxies;
import io.mediakeep.matrix.MatrixException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The memory for tokens and addresses is bounded. */
class BoundedMemoryTest {
    private static final int IPV4_CALLERS = 100_000;
    private static final int IPV6_CALLERS = 60_000;
    private static final int WRONG_TOKENS = 60_000;

    @Test
    void theNumberOfAddressesWithFailuresIsBounded() {
        FailedAuthentications failures = new FailedAuthentications(Ticker.systemTicker());
        for (int i = 0; i < IPV4_CALLERS; i++) {
            failures.count(TrustedProxies.limitKey("10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)));
        }
        assertThat(failures.size()).isEqualTo(IPV4_CALLERS);
        for (int i = 0; i < IPV6_CALLERS; i++) {
            failures.count(TrustedProxies.limitKey("2001:db8:" + Integer.toHexString(i) + "::1"));
        }
        assertThat(failures.size()).isBetween(1L, (long) FailedAuthentications.MAX_ADDRESSES);
    }

    @Test
    void addressesOfOneNetworkAreCountedTogether() {
        FailedAuthentications failures = new FailedAuthentications(Ticker.systemTicker());
        for (int i = 0; i < 1000; i++) {
            failures.count(TrustedProxies.limitKey("2001:db8::" + Integer.toHexString(i)));
        }
        assertThat(failures.size()).isOne();
    }

    @Test
    void theNumberOfCachedTokensIsBounded() {
        TokenCheckCache cached = new TokenCheckCache(Duration.ofMinutes(1), Ticker.systemTicker());
        for (int i = 0; i < WRONG_TOKENS; i++) {
            cached.put(
                    new TokenCheck(TokenHash.of("wrong" + i), Optional.empty()),
                    new TokenCheckResult.Rejected(MatrixException.unknownToken(false)));
        }
        assertThat(cached.size()).isBetween(1L, (long) TokenCheckCache.MAX_CACHED);
    }
}
