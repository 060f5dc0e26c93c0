package io.mediakeep.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerNameTest {

    @ParameterizedTest
    @CsvSource({
        "example.org, example.org, -1",
        "example.org:8448, example.org, 8448",
        "example.org:99999, example.org, 99999",
        "192.0.2.1, 192.0.2.1, -1",
        "192.0.2.1:1, 192.0.2.1, 1",
        "[2001:db8::1], [2001:db8::1], -1",
        "[2001:db8::1]:8448, [2001:db8::1], 8448"
    })
    void hasAHostAndAnOptionalPort(String name, String host, int port) {
        ServerName server = new ServerName(name);
        assertThat(server.host()).isEqualTo(host);
        assertThat(server.port()).isEqualTo(port < 0 ? OptionalInt.empty() : OptionalInt.of(port));
    }
}
