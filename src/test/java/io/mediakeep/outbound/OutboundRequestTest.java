package io.mediakeep.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.concurrent.Deadline;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundRequestTest {

    @Test
    void defaultsAreRestrictive() {
        OutboundRequest request = request().build();
        assertThat(request.limits()).isEqualTo(OutboundRequest.Limits.DEFAULTS);
        assertThat(request.limits().redirects()).isZero();
        assertThat(request.authorization()).isEmpty();
        assertThat(request.route()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 6})
    void rejectsInvalidNumbersOfRedirects(int max) {
        assertThatThrownBy(() -> request().redirects(max)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rejectsInvalidLimits() {
        assertThatThrownBy(() -> request().maxBytes(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request().truncateAt(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> request().idle(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Host, a",
        "authorization, a",
        "Cookie, a",
        "Content-Length, 5",
        "Transfer-Encoding, chunked",
        "Accept-Encoding, br",
        "Connection, close",
        "X Y, a",
        "'', a",
        "X:, a",
        "'X\n', a",
        "X, 'a\r\nY: b'",
        "X, 'a\nY: b'",
        "X, 'a\u0000'",
        "X, \u20AC"
    })
    void rejectsReservedHeaders(String name, String value) {
        assertThatThrownBy(() -> request().header(name, value).build()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rejectsValuesWithLineBreaks() {
        assertThatThrownBy(() -> request().authorization("a\r\nb").build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Route("a", 1, "a", "a\r\nb")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65536})
    void rejectsInvalidPorts(int port) {
        assertThatThrownBy(() -> new Route("a", port, "a", "a")).isInstanceOf(IllegalArgumentException.class);
    }

    private static OutboundRequest.Builder request() {
        return OutboundRequest.to(
                URI.create("https://example.org/"), Purpose.MEDIA, Deadline.in(Duration.ofSeconds(1)));
    }
}
