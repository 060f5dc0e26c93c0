package io.mediakeep.app.http;

import java.io.IOException;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.ConnectionProbe;
import org.glassfish.grizzly.IOEvent;
import org.jspecify.annotations.Nullable;

/**
 * Counts connections when Grizzly accepts and closes them. At the limit no more are accepted: they wait in the backlog of the
 * operating system ({@code listen(2)}), where they take none of our file descriptors, until others are closed.
 */
@SuppressWarnings("rawtypes") // as Grizzly declares it
final class AcceptProbe extends ConnectionProbe.Adapter {
    private final HttpConnections connections;
    private final ConnectionLimits limits;

    /** The connection of the listener while it accepts no more. */
    private volatile @Nullable Connection paused;

    AcceptProbe(HttpConnections connections, ConnectionLimits limits) {
        this.connections = connections;
        this.limits = limits;
    }

    /** Runs on the thread that accepts, between two connections. */
    @Override
    public void onAcceptEvent(Connection listener, Connection accepted) {
        connections.accept(accepted);
        if (limits.reached()) {
            paused = listener;
            try {
                listener.disableIOEvent(IOEvent.SERVER_ACCEPT);
            } catch (IOException closed) {
                // the server stops
            }
        }
    }

    @Override
    public void onCloseEvent(Connection connection) {
        connections.closed(connection);
    }

    /**
     * Has connections accepted again once there are fewer than the limit. It is called now and then, not when a connection is closed: that
     * may happen while the other thread is about to pause.
     */
    void resume() throws IOException {
        Connection listener = paused;
        if (listener != null && !limits.reached()) {
            paused = null;
            listener.enableIOEvent(IOEvent.SERVER_ACCEPT);
        }
    }
}
