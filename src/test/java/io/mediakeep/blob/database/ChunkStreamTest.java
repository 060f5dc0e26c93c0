package io.mediakeep.blob.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChunkStreamTest {
    private static final int CHUNK = ChunkLayout.CHUNK_BYTES;
    private static final long HUGE = (5L << 30) + 10;

    private final List<Integer> fetched = new ArrayList<>();

    @Test
    void countsChunksBeyondTwoGigabytes() {
        ChunkLayout layout = new ChunkLayout(HUGE);
        assertThat(layout.count()).isEqualTo(20 * 1024 + 1);
        assertThat(layout.chunkAt(HUGE - 1)).isEqualTo(20 * 1024);
        assertThat(layout.withinChunk(HUGE - 1)).isEqualTo(9);
        assertThat(layout.lengthOf(20 * 1024 - 1)).isEqualTo(CHUNK);
        assertThat(layout.lengthOf(20 * 1024)).isEqualTo(10);
    }

    @Test
    void endsAtTheEndOfTheBlobForAnUnboundedRange() {
        ChunkLayout layout = new ChunkLayout(HUGE);
        assertThat(layout.endOf(3L << 30, Long.MAX_VALUE)).isEqualTo(HUGE);
        assertThat(layout.endOf(3L << 30, 5)).isEqualTo((3L << 30) + 5);
        assertThat(layout.endOf(HUGE + 1, 5)).isEqualTo(HUGE + 1);
    }

    @Test
    void fetchesOnlyTheChunksThatARangeTouches() throws IOException {
        long border = 16_000L * CHUNK;
        byte[] bytes = stream(HUGE, border - 2, 4).readAllBytes();
        assertThat(bytes).containsExactly(15_999 % 100, 15_999 % 100, 16_000 % 100, 16_000 % 100);
        assertThat(fetched).containsExactly(15_999, 16_000);
    }

    @Test
    void fetchesAChunkOnceForManySmallReads() throws IOException {
        ChunkStream stream = stream(HUGE, 0, 100);
        for (int i = 0; i < 100; i++) {
            assertThat(stream.read()).isZero();
        }
        assertThat(stream.read()).isEqualTo(-1);
        assertThat(fetched).containsExactly(0);
    }

    @Test
    void fetchesNothingBeforeItIsRead() {
        stream(HUGE, 0, 100);
        assertThat(fetched).isEmpty();
    }

    /** Each byte of a chunk is the number of the chunk, modulo 100. */
    private ChunkStream stream(long size, long offset, long length) {
        ChunkLayout layout = new ChunkLayout(size);
        return new ChunkStream(
                seq -> {
                    fetched.add(seq);
                    byte[] chunk = new byte[layout.lengthOf(seq)];
                    Arrays.fill(chunk, (byte) (seq % 100));
                    return Optional.of(chunk);
                },
                layout,
                offset,
                length);
    }
}
