package io.mediakeep.federation.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.outbound.Route;
import io.mediakeep.testing.MutableClock;
import org.junit.jupiter.api.Test;

class PortAttemptLimitsTest {
    private final MutableClock clock = new MutableClock();
    private final PortAttemptLimits bound = new PortAttemptLimits(clock);

    @Test
    void afterAFewFailuresOtherPortsOfAHostAreBlocked() {
        for (int port = 1; port <= PortAttemptLimits.MAX_FAILURES; port++) {
            assertThat(bound.isPermitted(route("victim.example", port))).isTrue();
            bound.recordFailure(route("victim.example", port));
        }
        assertThat(bound.isPermitted(route("victim.example", 1000))).isFalse();
        assertThat(bound.isPermitted(route("VICTIM.example", 1001))).isFalse();
        assertThat(bound.isPermitted(route("other.example", 1000))).isTrue();
        clock.advance(PortAttemptLimits.BLOCK_TIME);
        assertThat(bound.isPermitted(route("victim.example", 1000))).isTrue();
    }

    @Test
    void respondingPortsAndUsualPortsAreNeverBlocked() {
        bound.recordResponse(route("victim.example", 8449));
        for (int port = 1; port <= PortAttemptLimits.MAX_FAILURES; port++) {
            bound.recordFailure(route("victim.example", port));
        }
        assertThat(bound.isPermitted(route("victim.example", 8449))).isTrue();
        assertThat(bound.isPermitted(route("victim.example", 8448))).isTrue();
        assertThat(bound.isPermitted(route("victim.example", 443))).isTrue();
        assertThat(bound.isPermitted(route("victim.example", 8450))).isFalse();
    }

    private static Route route(String host, int port) {
        return new Route(host, port, host, host + ":" + port);
    }
}
