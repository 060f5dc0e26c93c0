package io.mediakeep.thumbnail.image.webp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.testing.LosslessWebp;
import io.mediakeep.thumbnail.image.CorruptImageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LosslessWebpTablesTest {
    private static final int WIDTH = 40;
    private static final int HEIGHT = 40;
    private static final int ALPHA_HEADER_BITS = 8;

    /** Number 254 would have 126 more bits. */
    @ParameterizedTest
    @ValueSource(ints = {40, 254})
    void anInvalidDistanceIsRejectedInAnImageOfGroups(int distance) {
        LosslessWebp groups = imageOfGroups().bits(0b101, 3).bits(distance, 8);
        assertThatThrownBy(() -> bytes(groups))
                .isInstanceOf(CorruptImageException.class)
                .hasMessageContaining("outside of its alphabet");
    }

    @Test
    void theSecondOfTwoDistancesIsChecked() {
        LosslessWebp groups = imageOfGroups().bits(0b111, 3).bits(0, 8).bits(40, 8);
        assertThatThrownBy(() -> bytes(groups))
                .isInstanceOf(CorruptImageException.class)
                .hasMessageContaining("outside of its alphabet");
    }

    @Test
    void theLastDistanceOfTheAlphabetIsAccepted() throws IOException {
        LosslessWebp groups = imageOfGroups().bits(0b101, 3).bits(39, 8);
        for (int block = 0; block < WIDTH / 4 * HEIGHT / 4; block++) {
            groups.bits(0, 18);
        }
        assertThat(bytes(groups.group(0, 0))).isPositive();
    }

    /** Blocks of 4 by 4 pixels, each of which is a copy of one block at a distance, whose code comes next. */
    private static LosslessWebp imageOfGroups() {
        LosslessWebp image = LosslessWebp.alpha(WIDTH, HEIGHT)
                .bits(0, 2)
                .bits(1, 1)
                .bits(0, 3)
                .bits(0, 1);
        onlyLengthOne(image);
        for (int colour = 0; colour < 3; colour++) {
            image.bits(0b101, 3).bits(0, 8);
        }
        return image;
    }

    /** A code of 280 symbols, of which only number 256 has one: 256 times 0, 1, and 23 times 0. */
    private static void onlyLengthOne(LosslessWebp image) {
        image.bits(0, 5).bits(0, 3).bits(1, 3).bits(0, 3).bits(1, 3).bits(0, 1);
        image.bits(1, 1).bits(138 - 11, 7).bits(1, 1).bits(118 - 11, 7);
        image.bits(0, 1).bits(1, 1).bits(23 - 11, 7);
    }

    private static long bytes(LosslessWebp image) throws IOException {
        byte[] stream = image.bytes();
        WebpBitReader bits =
                new WebpBitReader(new MemoryCacheImageInputStream(new ByteArrayInputStream(stream)), stream.length);
        bits.read(ALPHA_HEADER_BITS);
        return LosslessWebpTables.bytes(bits, WIDTH, HEIGHT);
    }
}
