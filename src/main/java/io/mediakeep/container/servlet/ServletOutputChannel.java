package io.mediakeep.container.servlet;

import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A servlet's output in non-blocking mode as a channel: it takes a piece when it is ready, otherwise nothing. */
final class ServletOutputChannel implements WritableByteChannel {
    /** The container buffers what the socket does not take of one piece. */
    static final int PIECE_BYTES = 32 * 1024;

    private final ServletOutputStream out;

    ServletOutputChannel(ServletOutputStream out) {
        this.out = out;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (!out.isReady()) {
            return 0;
        }
        byte[] piece = new byte[Math.min(PIECE_BYTES, source.remaining())];
        source.get(piece);
        out.write(piece);
        if (out.isReady()) {
            out.flush(); // otherwise Tomcat is not ready until another thread has emptied its socket buffer
        }
        return piece.length;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // the container closes its stream
    }
}
