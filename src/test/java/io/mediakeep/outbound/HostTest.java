package io.mediakeep.outbound;

import static io.mediakeep.outbound.http.TestOutboundClient.assertKind;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.outbound.OutboundException.Kind;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1.",
                "2130706433",
                "017700000001",
                "0x7f000001",
                "0X7F000001",
                "0x7f.0.0.1",
                "0177.0.0.01",
                "127.1",
                "127.0.1",
                "127.0x1",
                "0x7f.1",
                "%31%32%37.0.0.1",
                "127%2E0%2e0.1",
                "１２７.０.０.１",
                "127。0。0。1",
                "127．0｡0.1",
                "①②⑦.0.0.1",
                "127.0.0.1\u00AD",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[0:0:0:0:0:FFFF:7F00:0001]",
                "::ffff:127.0.0.1"
            })
    void ipv4AddressesAreParsedInEveryNotation(String written) throws Exception {
        Host host = Host.of(written);
        assertThat(host.name()).isEqualTo("127.0.0.1");
        assertThat(host.address()).contains(InetAddress.getByName("127.0.0.1"));
        assertThat(host.inUrl()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2001:db8::1]",
                "[2001:DB8:0:0:0:0:0:1]",
                "[2001:0db8::0.0.0.1]",
                "2001:db8::1",
                "%5B2001:db8::1%5D",
                "[2001%3Adb8%3A%3A1]"
            })
    void ipv6AddressesAreParsedInEveryNotation(String written) throws Exception {
        Host host = Host.of(written);
        assertThat(host.name()).isEqualTo("2001:db8::1");
        assertThat(host.address()).contains(InetAddress.getByName("2001:db8::1"));
        assertThat(host.inUrl()).isEqualTo("[2001:db8::1]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a..b",
                ".example.org",
                "example.org..",
                "256.0.0.1",
                "127.0.0.1..",
                "1.2.3.4.5",
                "0x",
                "0xg.1",
                "09.1.1.1",
                "4294967296",
                "127.0.0.0/8",
                "127.0.0.*",
                "foo.0",
                "[]",
                "[127.0.0.1]",
                "[::1",
                "::1]",
                "[::1]]",
                "[::1%25lo]",
                "[fe80::1%25eth0]",
                "fe80::1%eth0",
                "[::/0]",
                "[::*]",
                "[1:2]",
                "a b",
                "a%00b",
                "a%2Fb",
                "a%40b",
                "a+b",
                "%",
                "%zz",
                "％31",
                "℀.example.org",
                "a\\b",
                "user@host",
                "*"
            })
    void invalidHostsAreRejected(String written) {
        assertKind(Kind.DENIED, () -> Host.of(written));
    }

    @Test
    void namesAreLowerCaseAsciiWithoutATrailingDot() throws Exception {
        assertThat(Host.of("Example.ORG.").name()).isEqualTo("example.org");
        assertThat(Host.of("bücher.example").name()).isEqualTo("xn--bcher-kva.example");
        assertThat(Host.of("b%C3%BCcher.example").name()).isEqualTo("xn--bcher-kva.example");
        assertThat(Host.of("☃.example").name()).isEqualTo("xn--n3h.example");
        assertThat(Host.of("foo_bar.example").name()).isEqualTo("foo_bar.example");
        assertThat(Host.of("1.example").address()).isEmpty();
        assertThat(Host.of("0x7f.example").address()).isEmpty();
    }

    @Test
    void namesAreLimitedToTheMaximumLengthOfDns() throws Exception {
        String longest = ("a".repeat(63) + ".").repeat(3) + "a".repeat(61);
        assertThat(Host.of(longest).name()).hasSize(253);
        assertKind(Kind.DENIED, () -> Host.of(longest + "a"));
        assertKind(Kind.DENIED, () -> Host.of("a".repeat(64) + ".org"));
    }
}
