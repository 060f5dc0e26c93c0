package io.mediakeep.testing.process;

import java.io.IOException;
import java.net.URI;

/** A running server, however it was started. Closing it stops it as an operator would. */
public interface RunningServer extends AutoCloseable {

    /** The base URL. */
    URI url();

    @Override
    void close() throws IOException;
}
