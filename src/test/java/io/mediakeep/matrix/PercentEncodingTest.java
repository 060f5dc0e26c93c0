package io.mediakeep.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PercentEncodingTest {

    @Test
    void textIsEncodedAsUtf8() {
        assertThat(PercentEncoding.COMPONENT.encode("a b/ñ%20~")).isEqualTo("a%20b%2F%C3%B1%2520~");
    }

    @Test
    void encodedTextIsNotEncodedAgain() {
        byte[] octets = "/a b%20%C3%b1/%2/%zz/%".getBytes(StandardCharsets.US_ASCII);
        assertThat(PercentEncoding.allowing("/").encodeRest(octets)).isEqualTo("/a%20b%20%C3%b1/%252/%25zz/%25");
    }
}
