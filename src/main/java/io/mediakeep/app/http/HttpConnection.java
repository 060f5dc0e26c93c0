package io.mediakeep.app.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.http.HttpPacketParsing;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;

/** An open connection of a client, and the phase it is in. */
final class HttpConnection {
    /** The phase of a connection. */
    enum Phase {
        /** Idle, between requests. */
        IDLE,
        /** The head of a request is being received. */
        HEAD,
        /** A request is being processed; its body has limits of its own. */
        REQUEST,
        /** The response is sent, and the rest of the request body is read and discarded. */
        DRAIN,
        /** The output is shut down; waiting for the client to close. */
        LINGER
    }

    /** How long a new connection may take to deliver a request that was sent with it. */
    private static final Duration FIRST_REQUEST_TIMEOUT = Duration.ofSeconds(1);

    /** How long the last bytes of a response may wait for a client to read them. */
    private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(60);

    /** Grizzly's attribute: the request of a connection whose body has not ended. */
    private static final Attribute<HttpPacketParsing> UNREAD =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME);

    private final Connection<?> connection;
    private final HttpTimeouts timeouts;
    private final String address;
    private Phase phase = Phase.IDLE;
    private long since = System.nanoTime();
    private int headBytes;
    private boolean used;
    private boolean outputEnded;

    HttpConnection(Connection<?> connection, HttpTimeouts timeouts) {
        this.connection = connection;
        this.timeouts = timeouts;
        this.address = connection.getPeerAddress() instanceof InetSocketAddress peer
                ? peer.getAddress().getHostAddress()
                : "unknown";
    }

    /** The address of the client, or of a proxy. */
    String address() {
        return address;
    }

    /** Begins a phase, except that LINGER ends with the connection only. */
    synchronized void begin(Phase next) {
        if (phase != Phase.LINGER) {
            phase = next;
            used = true;
            since = System.nanoTime();
            headBytes = 0;
        }
    }

    /** Records that the head is complete, and the request is processed. */
    synchronized void beginRequest() {
        if (phase == Phase.IDLE || phase == Phase.HEAD) {
            begin(Phase.REQUEST);
        }
    }

    /** Whether it is in this phase. */
    synchronized boolean is(Phase other) {
        return phase == other;
    }

    /** Whether closing it now would lose a request or a response. */
    synchronized boolean isBusy() {
        return phase != Phase.IDLE || (!used && age().compareTo(FIRST_REQUEST_TIMEOUT) < 0);
    }

    /** Records the size of an incomplete head. */
    synchronized void headGrew(int bytes) {
        if (phase == Phase.IDLE) {
            begin(Phase.HEAD);
        }
        headBytes = bytes;
    }

    /** The size of the incomplete head. */
    synchronized int headBytes() {
        return headBytes;
    }

    /** How many bytes of the rejected body were discarded; negative when it has ended. */
    long drained() {
        HttpPacketParsing unread = UNREAD.get(connection);
        return unread == null ? -1 : unread.getContentParsingState().remainderBytesRead;
    }

    /** Records that the rejected body has ended. */
    synchronized void endDrain() {
        if (phase == Phase.DRAIN) {
            begin(Phase.IDLE);
        }
    }

    /**
     * Flushes and shuts down the output, but still reads: a connection that is closed with unread bytes is reset, and
     * the client may never receive the response (RFC 9112, section 9.6).
     */
    @SuppressWarnings("rawtypes") // as Grizzly declares it
    void linger() {
        begin(Phase.LINGER);
        ((FilterChain) connection.getProcessor()).flush(connection, new EmptyCompletionHandler<WriteResult>() {
            @Override
            public void completed(WriteResult result) {
                endOutput();
            }

            @Override
            public void failed(Throwable failure) {
                connection.closeSilently();
            }
        });
    }

    private void endOutput() {
        outputEnded();
        try {
            ((SocketChannel) ((TCPNIOConnection) connection).getChannel()).shutdownOutput();
        } catch (IOException disconnected) {
            connection.closeSilently();
        }
    }

    private synchronized void outputEnded() {
        outputEnded = true;
        since = System.nanoTime();
    }

    /** Closes the connection when its phase has timed out. */
    void enforce() throws IOException {
        switch (phase()) {
            case IDLE -> closeAfter(timeouts.idle());
            case HEAD -> closeAfter(timeouts.head());
            case LINGER -> {
                connection.enableIOEvent(IOEvent.READ); // Grizzly stops reading a connection with a malformed request
                closeAfter(hasOutputEnded() ? timeouts.linger() : FLUSH_TIMEOUT);
            }
            case REQUEST, DRAIN -> {}
        }
    }

    private synchronized boolean hasOutputEnded() {
        return outputEnded;
    }

    private synchronized Phase phase() {
        return phase;
    }

    private void closeAfter(Duration timeout) {
        if (age().compareTo(timeout) > 0) {
            connection.closeSilently();
        }
    }

    /** The age of the phase. */
    synchronized Duration age() {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
