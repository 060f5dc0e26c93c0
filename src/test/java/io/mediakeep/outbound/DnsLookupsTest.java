package io.mediakeep.outbound;

import static io.mediakeep.outbound.http.TestOutboundClient.assertKind;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.OutboundException.Kind;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DnsLookupsTest {
    private static final int MANY = 40;

    private final CountDownLatch responding = new CountDownLatch(1);

    @Test
    void aSlowNameServiceDoesNotOutliveTheDeadline() throws Exception {
        try (DnsLookups lookups = new DnsLookups(this::slowly)) {
            for (int i = 0; i < MANY; i++) { // more than may run concurrently
                assertTimeout(lookups);
            }
            responding.countDown();
            assertThat(lookups.addresses(Host.of("site.example"), Purpose.PREVIEW, in(Duration.ofSeconds(30))))
                    .containsExactly(InetAddress.getByName("192.0.2.1"));
        }
    }

    @Test
    void anAddressIsNotLookedUp() throws Exception {
        try (DnsLookups lookups = new DnsLookups(this::slowly)) {
            assertThat(lookups.addresses(Host.of("0x7f.1"), Purpose.PREVIEW, in(Duration.ofSeconds(30))))
                    .containsExactly(InetAddress.getByName("127.0.0.1"));
        }
    }

    @Test
    void theSystemResolvesLocalhost() throws Exception {
        try (DnsLookups lookups = new DnsLookups(Resolver.SYSTEM)) {
            assertThat(lookups.addresses(Host.of("localhost"), Purpose.PREVIEW, in(Duration.ofSeconds(30))))
                    .isNotEmpty()
                    .allMatch(InetAddress::isLoopbackAddress);
        }
    }

    private static void assertTimeout(DnsLookups lookups) {
        assertKind(
                Kind.TIMEOUT,
                () -> lookups.addresses(Host.of("site.example"), Purpose.PREVIEW, in(Duration.ofMillis(10))));
    }

    private List<InetAddress> slowly(String host) {
        try {
            responding.await();
            return List.of(InetAddress.getByAddress(host, new byte[] {(byte) 192, 0, 2, 1}));
        } catch (Exception interrupted) {
            return List.of();
        }
    }

    private static Deadline in(Duration timeout) {
        return Deadline.in(timeout);
    }
}
