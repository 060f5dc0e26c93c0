package io.mediakeep.blob;

import java.io.IOException;
import java.io.InputStream;

/** A body of zeros in pieces; an action runs after each. */
final class SlowBody extends InputStream {
    /** The action after a piece. */
    interface Event {
        void run() throws IOException;
    }

    private final int size;
    private final int piece;
    private final Event event;
    private int given;

    SlowBody(int size, int piece, Event event) {
        this.size = size;
        this.piece = piece;
        this.event = event;
    }

    int count() {
        return given;
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("nobody should read byte by byte");
    }

    @Override
    public int read(byte[] bytes, int start, int wanted) throws IOException {
        if (given == size) {
            return -1;
        }
        if (given > 0) {
            event.run();
        }
        int count = Math.min(Math.min(piece, wanted), size - given);
        given += count;
        return count;
    }
}
