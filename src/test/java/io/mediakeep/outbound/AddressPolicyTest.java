package io.mediakeep.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    /** The first and the last address of a block, and the adjacent public addresses, if any. */
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.255.255.255, , 1.0.0.0",
        "10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0",
        "100.64.0.0, 100.127.255.255, 100.63.255.255, 100.128.0.0",
        "127.0.0.0, 127.255.255.255, 126.255.255.255, 128.0.0.0",
        "168.63.129.16, 168.63.129.16, 168.63.129.15, 168.63.129.17",
        "169.254.0.0, 169.254.255.255, 169.253.255.255, 169.255.0.0",
        "172.16.0.0, 172.31.255.255, 172.15.255.255, 172.32.0.0",
        "192.0.0.0, 192.0.0.255, 191.255.255.255, 192.0.1.0",
        "192.0.2.0, 192.0.2.255, 192.0.1.255, 192.0.3.0",
        "192.31.196.0, 192.31.196.255, 192.31.195.255, 192.31.197.0",
        "192.52.193.0, 192.52.193.255, 192.52.192.255, 192.52.194.0",
        "192.88.99.0, 192.88.99.255, 192.88.98.255, 192.88.100.0",
        "192.168.0.0, 192.168.255.255, 192.167.255.255, 192.169.0.0",
        "192.175.48.0, 192.175.48.255, 192.175.47.255, 192.175.49.0",
        "198.18.0.0, 198.19.255.255, 198.17.255.255, 198.20.0.0",
        "198.51.100.0, 198.51.100.255, 198.51.99.255, 198.51.101.0",
        "203.0.113.0, 203.0.113.255, 203.0.112.255, 203.0.114.0",
        "224.0.0.0, 239.255.255.255, 223.255.255.255, ",
        "240.0.0.0, 255.255.255.255, , ",
    })
    void theBoundariesOfIpv4BlocksAreExact(String first, String last, String before, String after) throws Exception {
        assertBoundaries(first, last, before, after);
    }

    @ParameterizedTest
    @CsvSource({
        "::, ::1, , ",
        "::2, ::fffe:ffff:ffff, , ",
        "::ffff:0:0:0, ::ffff:0:ffff:ffff, , ",
        "64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff, , ",
        "100::, 100::ffff:ffff:ffff:ffff, , ",
        "100:0:0:1::, 100:0:0:1:ffff:ffff:ffff:ffff, , ",
        "2001::, 2001:0:ffff:ffff:ffff:ffff:ffff:ffff, 2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ",
        "2001:2::, 2001:2:0:ffff:ffff:ffff:ffff:ffff, , ",
        "2001:10::, 2001:1f:ffff:ffff:ffff:ffff:ffff:ffff, , ",
        "2001:20::, 2001:2f:ffff:ffff:ffff:ffff:ffff:ffff, , ",
        "2001:1::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, , 2001:200::",
        "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db7:ffff:ffff:ffff:ffff:ffff:ffff, 2001:db9::",
        "2620:4f:8000::, 2620:4f:8000:ffff:ffff:ffff:ffff:ffff, 2620:4f:7fff:ffff:ffff:ffff:ffff:ffff, 2620:4f:8001::",
        "3ffe::, 3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3ffd:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ",
        "3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, , 3fff:1000::",
        "4000::, 5eff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ",
        "5f00::, 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , ",
        "fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , ",
        "fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , ",
        "fec0::, feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , ",
        "ff00::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , ",
        "101::, 1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, , 2000::",
    })
    void theBoundariesOfIpv6BlocksAreExact(String first, String last, String before, String after) throws Exception {
        assertBoundaries(first, last, before, after);
    }

    private static void assertBoundaries(String first, String last, String before, String after) throws Exception {
        assertThat(AddressPolicy.PUBLIC_ONLY.permits(address(first))).as(first).isFalse();
        assertThat(AddressPolicy.PUBLIC_ONLY.permits(address(last))).as(last).isFalse();
        for (String neighbour : new String[] {before, after}) {
            if (neighbour != null) {
                assertThat(AddressPolicy.PUBLIC_ONLY.permits(address(neighbour)))
                        .as(neighbour)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "::ffff:8.8.8.8, ::ffff:10.0.0.1",
        "64:ff9b::8.8.8.8, 64:ff9b::127.0.0.1",
        "64:ff9b::100.63.255.255, 64:ff9b::100.64.0.0",
        "2002:808:808::1, 2002:a00:1::1",
        "2002:808:808:a00:1::1, 2002:a9fe:a9fe:808:808::",
        "2001:470::5efe:8.8.8.8, 2001:470::5efe:192.168.0.1",
        "2001:470::200:5efe:808:808, 2001:470::200:5efe:7f00:1",
    })
    void embeddedIpv4AddressesAreChecked(String publicInside, String privateInside) throws Exception {
        assertThat(AddressPolicy.PUBLIC_ONLY.permits(address(publicInside))).isTrue();
        assertThat(AddressPolicy.PUBLIC_ONLY.permits(address(privateInside))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "104.16.0.1", "2606:4700:4700::1111", "2a00:1450:4001::1", "2003::1"})
    void permitsPublicAddresses(String somebody) throws Exception {
        assertThat(AddressPolicy.PUBLIC_ONLY.permits(address(somebody))).isTrue();
    }

    @Test
    void configuredNetworksAreDenied() throws Exception {
        AddressPolicy policy = new AddressPolicy(List.of("8.8.8.0/24", "2a00::/16"), List.of());
        assertThat(policy.permits(address("8.8.8.8"))).isFalse();
        assertThat(policy.permits(address("8.8.9.0"))).isTrue();
        assertThat(policy.permits(address("2a00::1"))).isFalse();
        assertThat(policy.permits(address("64:ff9b::808:808"))).isFalse();
    }

    @Test
    void allowedNetworksPrecedeDeniedOnes() throws Exception {
        AddressPolicy policy = new AddressPolicy(List.of("10.0.0.0/8"), List.of("10.1.0.0/16", "::1", "127.0.0.1/32"));
        assertThat(policy.permits(address("10.1.2.3"))).isTrue();
        assertThat(policy.permits(address("10.2.2.3"))).isFalse();
        assertThat(policy.permits(address("::1"))).isTrue();
        assertThat(policy.permits(address("127.0.0.1"))).isTrue();
        assertThat(policy.permits(address("127.0.0.2"))).isFalse();
        assertThat(policy.permits(address("2002:a01:203::"))).isTrue();
    }

    @Test
    void aNetworkMayBeWrittenWithTheAddressOfAHost() throws Exception {
        assertThat(new AddressPolicy(List.of("8.8.8.8/24"), List.of()).permits(address("8.8.8.1")))
                .isFalse();
    }

    @Test
    void rejectsMalformedNetworks() {
        assertThatThrownBy(() -> new AddressPolicy(List.of("example.org"), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("example.org");
    }

    @Test
    void namesTheReasonOfADenial() throws Exception {
        assertThat(AddressPolicy.PUBLIC_ONLY.denialReason(address("169.254.169.254")))
                .hasValueSatisfying(why -> assertThat(why).contains("link-local", "RFC 3927"));
        assertThat(AddressPolicy.PUBLIC_ONLY.denialReason(address("64:ff9b::a00:1")))
                .hasValueSatisfying(why -> assertThat(why).contains("RFC 1918", "inside"));
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
