package io.mediakeep.media.content;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * Bytes that are sent in steps, each as large as the receiver accepts, so that no thread waits for a slow receiver.
 * Between two steps a source holds no buffer. Not safe for concurrent use, except {@link #whenAvailable}.
 */
public interface ByteSource extends Closeable {

    /**
     * The number of bytes that can be sent without waiting; 0 at the end, and while more have yet to be received.
     *
     * @throws IOException when the bytes end early
     * @throws io.mediakeep.matrix.MatrixException the failure of the fetch that the bytes come from
     */
    long available() throws IOException;

    /** Whether all bytes were sent. */
    boolean ended();

    /**
     * Sends at most {@code max} of the available bytes, as many as the channel accepts now; returns their number.
     *
     * @throws IOException when the channel cannot be written to, or the bytes cannot be read
     */
    long sendTo(WritableByteChannel channel, long max) throws IOException;

    /** Runs an action once, on any thread, when bytes have become available or the source has failed. */
    void whenAvailable(Runnable action);
}
