package io.mediakeep.federation.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.fuzz.FuzzContract;
import io.mediakeep.fuzz.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The {@code X-Matrix} headers of other homeservers. */
class XMatrixFuzzTest extends FuzzContract {
    /** The HTTP parsers reject longer headers. */
    private static final int MAX_HEADER = 16 * 1024;

    XMatrixFuzzTest() {
        super(3000, new Limits(32 << 20, Duration.ofSeconds(5)));
    }

    @Override
    protected List<byte[]> corpus() throws IOException {
        return lines("x-matrix/all.txt");
    }

    @Override
    protected List<String> tokens() {
        return List.of("X-Matrix ", "origin=", "key=", "sig=", "\"", "\\", ",", "ed25519:");
    }

    @Override
    protected void take(byte[] input) {
        String header = new String(input, 0, Math.min(input.length, MAX_HEADER), StandardCharsets.ISO_8859_1);
        try {
            assertThat(XMatrix.parse(XMatrix.parse(header).header())).isEqualTo(XMatrix.parse(header));
        } catch (IllegalArgumentException rejected) {
            return;
        }
    }
}
