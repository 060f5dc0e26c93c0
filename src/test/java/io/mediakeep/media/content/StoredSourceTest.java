package io.mediakeep.media.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.ForwardingStore;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.testing.H2Database;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content in rows of chunks, sent to channels that accept it in pieces. */
class StoredSourceTest {
    private static final String TEXT = "0123456789".repeat(60);

    private final AtomicInteger open = new AtomicInteger();
    private MediaNode node;
    private Content content;

    @BeforeEach
    void begin(@TempDir Path directory) throws Exception {
        node = new MediaNode(
                H2Database.inMemory(),
                directory,
                new NodeOptions().blobsInDatabase(true).wrapStore(inner -> new ForwardingStore(inner) {
                    @Override
                    public InputStream open(BlobLocation location, long offset, long length) throws IOException {
                        return new Counted(super.open(location, offset, length));
                    }
                }));
        Mxc mxc = node.upload(MediaNode.ALICE, TEXT);
        content = node.open(mxc, Duration.ZERO).get();
    }

    @AfterEach
    void end() throws IOException {
        node.close();
    }

    /** An open stream may hold a chunk of 256 KiB, which is too much for each of a thousand slow readers. */
    @Test
    void noStreamIsOpenBetweenTwoSteps() throws Exception {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        WritableByteChannel channel = Channels.newChannel(received);
        try (ByteSource source = content.source(0, content.size())) {
            while (!source.ended()) {
                source.sendTo(channel, 7);
                assertThat(open).hasValue(0);
            }
        }
        assertThat(received.toString(StandardCharsets.UTF_8)).isEqualTo(TEXT);
    }

    @Test
    void bytesThatAFullChannelDoesNotAcceptAreSentLater() throws Exception {
        ByteBuffer received = ByteBuffer.allocate(TEXT.length());
        try (ByteSource source = content.source(0, content.size())) {
            while (!source.ended()) {
                source.sendTo(new Few(received), content.size());
                assertThat(open).hasValue(0);
            }
        }
        assertThat(new String(received.array(), StandardCharsets.UTF_8)).isEqualTo(TEXT);
    }

    /** A stream that is counted while it is open. */
    private final class Counted extends FilterInputStream {
        Counted(InputStream inner) {
            super(inner);
            open.incrementAndGet();
        }

        @Override
        public void close() throws IOException {
            open.decrementAndGet();
            super.close();
        }
    }

    /** A channel that takes eleven bytes and is full then. */
    private static final class Few implements WritableByteChannel {
        private final ByteBuffer received;
        private int room = 11;

        Few(ByteBuffer received) {
            this.received = received;
        }

        @Override
        public int write(ByteBuffer bytes) {
            int count = Math.min(room, bytes.remaining());
            received.put(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            room -= count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // nothing to close
        }
    }
}
