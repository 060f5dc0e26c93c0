package io.mediakeep.media.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.blob.BlobSource;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.blob.BlobReader;
import io.mediakeep.media.blob.ReadAhead;
import io.mediakeep.storage.StoreUnavailableException;
import io.mediakeep.testing.ByteSourceInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Content in a store on another machine, with memory for two pieces. */
class RemoteSourceTest {
    private static final int SIZE = 3 * ReadAhead.PIECE_BYTES + 77;
    private static final byte[] BYTES = bytes();

    private final ReadAhead readAhead = new ReadAhead(2);
    private final AtomicInteger damaged = new AtomicInteger();
    private final Store store = new Store();

    private static byte[] bytes() {
        byte[] bytes = new byte[SIZE];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @AfterEach
    void close() {
        readAhead.close();
    }

    @Test
    void sendsAllPieces() throws IOException {
        assertThat(read(open(0, SIZE))).isEqualTo(BYTES);
        assertThat(store.reads).hasValue(4);
    }

    @Test
    void sendsARange() throws IOException {
        int start = ReadAhead.PIECE_BYTES - 3;
        assertThat(read(open(start, 6))).isEqualTo(Arrays.copyOfRange(BYTES, start, start + 6));
        assertThat(store.reads).as("no byte beyond it is read").hasValue(1);
    }

    @Test
    void sendsNothingOfAnEmptyRange() throws IOException {
        assertThat(read(open(5, 0))).isEmpty();
    }

    @Test
    void clientsThatDoNotReadDoNotHoldMemory() throws IOException {
        List<RemoteSource> stalled = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            RemoteSource source = open(0, SIZE);
            assertThat(source.available()).isPositive();
            assertThat(source.sendTo(new FullChannel(1000), SIZE)).isEqualTo(1000);
            stalled.add(source);
        }
        for (RemoteSource source : stalled) {
            assertThat(read(source)).isEqualTo(Arrays.copyOfRange(BYTES, 1000, SIZE));
        }
    }

    @Test
    void aClosedSourceReleasesItsMemory() throws IOException {
        for (int i = 0; i < 10; i++) {
            RemoteSource source = open(0, SIZE);
            assertThat(source.available()).isPositive();
            source.close();
        }
        assertThat(read(open(0, SIZE))).isEqualTo(BYTES);
    }

    @Test
    void aLostBlobIsNotFoundBeforeTheResponseBegins() {
        store.failure = new BlobNotFoundException(new BlobLocation("0".repeat(64)));
        assertThatThrownBy(() -> open(0, SIZE))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        rejection -> assertThat(rejection.code().name()).isEqualTo("M_NOT_FOUND"));
        assertThat(damaged).hasValue(1);
    }

    @Test
    void aShorterBlobIsDamaged() {
        assertThatThrownBy(() -> open(SIZE - 10, 20)).isInstanceOf(MatrixException.class);
        assertThat(damaged).hasValue(1);
    }

    @Test
    void aFailureInTheMiddleIsNotDamage() throws IOException {
        RemoteSource source = open(0, SIZE);
        store.failure = new StoreUnavailableException("it is away", new IOException("connection reset"));
        assertThatThrownBy(() -> read(source)).isInstanceOf(StoreUnavailableException.class);
        assertThat(damaged).hasValue(0);
    }

    private RemoteSource open(long start, long length) throws IOException {
        BlobReader reader = new BlobReader(store, (location, size) -> damaged.incrementAndGet());
        Content content = new Content(
                new ContentType("text/plain"), Optional.empty(), SIZE, new BlobLocation("0".repeat(64)), reader, false);
        return RemoteSource.open(content, readAhead, start, length);
    }

    private static byte[] read(RemoteSource source) throws IOException {
        try (InputStream stream = new ByteSourceInputStream(source)) {
            return stream.readAllBytes();
        }
    }

    /** A store on another machine. */
    private static final class Store implements BlobSource {
        final AtomicInteger reads = new AtomicInteger();
        volatile IOException failure;

        @Override
        public InputStream open(BlobLocation location, long offset, long length) throws IOException {
            reads.incrementAndGet();
            if (failure != null) {
                throw failure;
            }
            return new ByteArrayInputStream(BYTES, (int) offset, (int) length);
        }

        @Override
        public boolean isRemote() {
            return true;
        }
    }

    /** The socket of a client that does not read. */
    private static final class FullChannel implements WritableByteChannel {
        private int space;

        FullChannel(int space) {
            this.space = space;
        }

        @Override
        public int write(ByteBuffer bytes) {
            int count = Math.min(space, bytes.remaining());
            bytes.position(bytes.position() + count);
            space -= count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {
            // it is no resource
        }
    }
}
