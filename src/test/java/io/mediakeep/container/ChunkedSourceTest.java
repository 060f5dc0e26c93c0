package io.mediakeep.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.api.response.ArraySource;
import io.mediakeep.api.response.SequenceSource;
import io.mediakeep.media.content.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedSourceTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 100})
    void framesDoNotDependOnTheSizeOfWrites(int capacity) throws IOException {
        ByteSource source = new ChunkedSource(ascii("meow"));
        assertThat(sent(source, capacity)).isEqualTo("4\r\nmeow\r\n");
        assertThat(source.ended()).isTrue();
    }

    @Test
    void theSizeOfAChunkIsHexadecimal() throws IOException {
        assertThat(sent(new ChunkedSource(ascii("x".repeat(300))), 64)).startsWith("12c\r\nxxx");
    }

    @Test
    void emptyDataIsNoChunk() throws IOException {
        ByteSource source = new ChunkedSource(ascii(""));
        assertThat(source.ended()).isTrue();
        assertThat(sent(source, 10)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void sourcesAreSentInOrder(int capacity) throws IOException {
        ByteSource source = new SequenceSource(ascii("me"), ascii(""), ascii("ow"), ascii("purr"));
        assertThat(source.available()).as("of the first").isEqualTo(2);
        assertThat(sent(source, capacity)).isEqualTo("meowpurr");
        assertThat(source.ended()).isTrue();
        assertThat(source.available()).isZero();
    }

    private static ByteSource ascii(String text) {
        return new ArraySource(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Sends in steps, each to a channel that accepts a limited number of bytes. */
    private static String sent(ByteSource source, int capacity) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (!source.ended()) {
            BoundedChannel channel = new BoundedChannel(capacity);
            long sent = source.sendTo(channel, Long.MAX_VALUE);
            assertThat(channel.taken().remaining()).isEqualTo((int) sent).isPositive();
            all.write(channel.taken().array(), 0, (int) sent);
        }
        return all.toString(StandardCharsets.US_ASCII);
    }
}
