package io.mediakeep.testing;

import java.io.IOException;
import java.net.URI;

/** A server that answers, however it was started. Closer it stops it as an operator would. */
public interface RunningServer extends AutoCloseable {

    /** Where it listens. */
    URI url();

    @Override
    void close() throws IOException;
}
