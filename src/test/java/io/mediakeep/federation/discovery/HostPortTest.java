package io.mediakeep.federation.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.ServerName;
import io.mediakeep.outbound.Route;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.5, 203.0.113.5, 8448, 203.0.113.5",
        "203.0.113.5:443, 203.0.113.5, 443, 203.0.113.5:443",
        "[2001:db8::1], 2001:db8::1, 8448, [2001:db8::1]",
        "[2001:DB8::1]:8450, 2001:db8::1, 8450, [2001:db8::1]:8450",
        "matrix.example.org:443, matrix.example.org, 443, matrix.example.org:443",
        "Matrix.Example.Org, matrix.example.org, 8448, matrix.example.org",
        "localhost, localhost, 8448, localhost",
        "xn--mnchen-3ya.example, xn--mnchen-3ya.example, 8448, xn--mnchen-3ya.example"
    })
    void isParsedIntoHostAndPort(String server, String host, int port, String hostHeader) {
        assertThat(HostPort.of(new ServerName(server)).orElseThrow().route())
                .isEqualTo(new Route(host, port, host, hostHeader));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org:0", "example.org:65536", "example.org:99999", "a..b", ".a", "a.", ".", "-a.example",
                "a-.example", "127.1", "1.2.3", "256.1.1.1", "127.0.0.01", "0x7f000001", "0177.0.0.1", "2130706433",
                "127.0.0.0x1", "a.b.1", "[::12345]", "[127.0.0.1]", "[::1.2]", "[1.2.3.4:]"
            })
    void invalidNamesAreRejected(String server) {
        assertThat(HostPort.of(new ServerName(server))).isEmpty();
    }

    @Test
    void aLabelHasAtMost63Characters() {
        assertThat(HostPort.of(new ServerName("a".repeat(63) + ".example"))).isPresent();
        assertThat(HostPort.of(new ServerName("a".repeat(64) + ".example"))).isEmpty();
    }
}
