package io.mediakeep.media.content;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;

/**
 * Bytes that are sent in steps, each as large as the receiver takes, so that no thread waits for a slow receiver. Between
 * two steps a source holds no buffer. Not safe for concurrent use; {@link #whenAvailable} is.
 */
public interface ByteSource extends Closeable {

    /**
     * The number of bytes that can be sent without waiting; 0 at the end, and while more have yet to come.
     *
     * @throws IOException when there will be no more although the end has not been reached
     * @throws io.mediakeep.matrix.MatrixException as what the bytes come from failed
     */
    long available() throws IOException;

    /** Whether all bytes were sent. */
    boolean ended();

    /**
     * Sends at most {@code max} of the available bytes, as many as a channel takes now; answers how many that were.
     *
     * @throws IOException when the channel cannot be written to, or the bytes cannot be read
     */
    long sendTo(WritableByteChannel channel, long max) throws IOException;

    /** Runs an action once, on any thread, when bytes may be available that are not now, or the source has failed. */
    void whenAvailable(Runnable action);
}
