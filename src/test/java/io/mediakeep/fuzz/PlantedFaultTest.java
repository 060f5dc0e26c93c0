package io.mediakeep.fuzz;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks the contract against parsers that violate it. */
class PlantedFaultTest {
    private static final int SMALL = 1 << 20;

    @Test
    void anAllocationByADeclaredSizeIsDetected() {
        assertThatThrownBy(new Reader() {
                    @Override
                    protected void take(byte[] input) {
                        int declared =
                                input.length < 8 ? 0 : ByteBuffer.wrap(input).getInt(4);
                        allocated = new byte[Math.max(0, Math.min(declared, 4 * SMALL))];
                    }
                }::damagedInputsStayWithinTheLimits)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("costs");
    }

    @Test
    void anUnexpectedExceptionIsDetected() {
        assertThatThrownBy(new Reader() {
                    @Override
                    protected void take(byte[] input) {
                        ByteBuffer.wrap(input).get(9);
                    }
                }::damagedInputsStayWithinTheLimits)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("does harm");
    }

    /** Parses a signature, and a size of four bytes. */
    private abstract static class Reader extends FuzzContract {
        byte[] allocated = {};

        Reader() {
            super(200, new Limits(SMALL, Duration.ofSeconds(5)));
        }

        @Override
        protected List<byte[]> corpus() {
            return List.of("FILE\0\0\0\3yes".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        }

        @Override
        protected List<Field> fields(byte[] input) {
            return List.of(new Field(4, 4, false));
        }
    }
}
