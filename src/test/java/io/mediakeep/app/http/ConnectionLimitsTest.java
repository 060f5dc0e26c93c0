package io.mediakeep.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.config.ListenSettings;
import io.mediakeep.limits.TrustedProxies;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
    private final ConnectionLimits limits =
            new ConnectionLimits(new ListenSettings("::", 0, 5, 2), new TrustedProxies(List.of("192.0.2.1")));

    @Test
    void anAddressHasAShareOfTheConnections() {
        assertThat(limits.tryAcquire("198.51.100.1")).isTrue();
        assertThat(limits.tryAcquire("198.51.100.1")).isTrue();
        assertThat(limits.tryAcquire("198.51.100.1")).isFalse();
        assertThat(limits.tryAcquire("198.51.100.2")).isTrue();
        limits.release("198.51.100.1");
        assertThat(limits.tryAcquire("198.51.100.1")).isTrue();
    }

    @Test
    void addressesOfOneIpv6NetworkShareALimit() {
        assertThat(limits.tryAcquire("2001:db8::1")).isTrue();
        assertThat(limits.tryAcquire("2001:db8::2")).isTrue();
        assertThat(limits.tryAcquire("2001:db8::3")).isFalse();
    }

    @Test
    void aTrustedProxyIsNotLimitedPerAddress() {
        for (int i = 0; i < 5; i++) {
            assertThat(limits.tryAcquire("192.0.2.1")).isTrue();
        }
        assertThat(limits.tryAcquire("192.0.2.1")).isFalse();
        assertThat(limits.tryAcquire("198.51.100.1")).isFalse();
        limits.release("192.0.2.1");
        assertThat(limits.tryAcquire("198.51.100.1")).isTrue();
    }
}
