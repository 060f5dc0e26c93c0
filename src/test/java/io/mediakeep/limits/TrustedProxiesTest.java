package io.mediakeep.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {
    private static final String PROXY = "127.0.0.1";
    private static final String CLIENT = "203.0.113.7";

    private final TrustedProxies proxies =
            new TrustedProxies(List.of("127.0.0.0/8", "::1", "10.1.0.0/16", "2001:db8:aaaa::/48"));

    @Test
    void headersOfAnUntrustedPeerAreIgnored() {
        assertThat(proxies.clientAddress(CLIENT, List.of("198.51.100.1"))).isEqualTo(CLIENT);
        assertThat(proxies.clientAddress("2001:db8:bbbb::1", List.of(PROXY))).isEqualTo("2001:db8:bbbb::1");
    }

    @Test
    void aProxyWithoutForwardedAddressIsTheClient() {
        assertThat(proxies.clientAddress(PROXY, List.of())).isEqualTo(PROXY);
        assertThat(proxies.clientAddress(PROXY, List.of(""))).isEqualTo(PROXY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.255.255.255", "::1", "0:0:0:0:0:0:0:1", "10.1.2.3", "2001:db8:aaaa::9"})
    void theHeaderOfATrustedProxyIsUsed(String proxy) {
        assertThat(proxies.clientAddress(proxy, List.of(CLIENT))).isEqualTo(CLIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.2.0.1", "126.255.255.255", "2001:db8:aaab::1", "unknown", ""})
    void theHeaderOfAnUnlistedProxyIsIgnored(String peer) {
        assertThat(proxies.clientAddress(peer, List.of("198.51.100.1"))).isEqualTo(peer);
    }

    @Test
    void theLastAddressThatIsNoProxyIsTheClient() {
        assertThat(proxies.clientAddress(PROXY, List.of(CLIENT + ", 10.1.0.1, 10.1.0.2")))
                .isEqualTo(CLIENT);
        assertThat(proxies.clientAddress(PROXY, List.of(CLIENT, "10.1.0.1", " 10.1.0.2 ")))
                .isEqualTo(CLIENT);
    }

    @Test
    void forgedAddressesAreIgnored() {
        assertThat(proxies.clientAddress(PROXY, List.of("198.51.100.1, 10.1.0.1, " + CLIENT)))
                .isEqualTo(CLIENT);
        assertThat(proxies.clientAddress(PROXY, List.of("198.51.100.1", CLIENT)))
                .isEqualTo(CLIENT);
        assertThat(proxies.clientAddress(PROXY, List.of("nonsense, \", " + CLIENT)))
                .isEqualTo(CLIENT);
    }

    @Test
    void manyForgedAddressesAreIgnored() {
        String spoofed = "198.51.100.1, ".repeat(500);
        assertThat(proxies.clientAddress(PROXY, List.of(spoofed + CLIENT + ", 10.1.0.1")))
                .isEqualTo(CLIENT);
    }

    @Test
    void theFirstOfAChainOfProxiesIsTheClient() {
        assertThat(proxies.clientAddress(PROXY, List.of("10.1.0.1, 10.1.0.2"))).isEqualTo("10.1.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unknown",
                "_hidden",
                "localhost",
                "example.org",
                "*",
                "1",
                "127.1",
                "0x7f000001",
                "2130706433",
                "1.2.3",
                "1.2.3.256",
                "1.2.3.*",
                "1-9.2.3.4",
                "0.0.0.0/0",
                "10.0.0.0/8",
                "::/0",
                "2001:db8::/32",
                "203.0.113.7:443",
                "[2001:db8::1]:443",
                ":",
                "2001:db8::1::2",
                "\u0661.2.3.4"
            })
    void anInvalidAddressEndsTheChain(String garbage) {
        assertThat(proxies.clientAddress(PROXY, List.of(garbage))).isEqualTo(PROXY);
        assertThat(proxies.clientAddress(PROXY, List.of(garbage + ", 10.1.0.1")))
                .isEqualTo("10.1.0.1");
    }

    @Test
    void addressesHaveACanonicalForm() {
        assertThat(proxies.clientAddress("::1", List.of("2001:0DB8:0:0:0:0:0:0007")))
                .isEqualTo(proxies.clientAddress("::1", List.of("2001:db8::7")));
        assertThat(proxies.clientAddress("::1", List.of("::FFFF:203.0.113.7"))).isEqualTo(CLIENT);
        assertThat(proxies.clientAddress("::ffff:127.0.0.1", List.of(CLIENT))).isEqualTo(CLIENT);
    }

    @Test
    void withoutTrustedProxiesHeadersAreIgnored() {
        assertThat(new TrustedProxies(List.of()).clientAddress(PROXY, List.of(CLIENT)))
                .isEqualTo(PROXY);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7",
        "2001:db8:1:2::1, 2001:db8:1:2::9:9",
        "2001:db8:1:2:ffff:ffff:ffff:ffff, 2001:db8:1:2::",
        "::ffff:203.0.113.7, 203.0.113.7",
        "unknown, unknown"
    })
    void addressesOfOneIpv6NetworkAreOneCaller(String one, String other) {
        assertThat(TrustedProxies.limitKey(one)).isEqualTo(TrustedProxies.limitKey(other));
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.8",
        "2001:db8:1:2::1, 2001:db8:1:3::1",
        "::ffff:203.0.113.7, ::ffff:203.0.113.8",
        "::1, ::ffff:127.0.0.1"
    })
    void addressesOfOtherNetworksAreOtherCallers(String one, String other) {
        assertThat(TrustedProxies.limitKey(one)).isNotEqualTo(TrustedProxies.limitKey(other));
    }
}
