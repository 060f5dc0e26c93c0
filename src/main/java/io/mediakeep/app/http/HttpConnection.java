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

/** One open connection of a client: what it is doing, and since when. */
final class HttpConnection {
    /** What a connection is doing. */
    enum Phase {
        /** Nothing, between requests. */
        IDLE,
        /** The head of a request comes. */
        HEAD,
        /** A request is answered; its body has limits of its own. */
        REQUEST,
        /** The request is answered, and what its body still has is read and thrown away. */
        DRAIN,
        /** We have ended our side, and wait for the client to close. */
        LINGER
    }

    /** How long a fresh connection may take to bring a request that was sent with it. */
    private static final Duration FIRST_REQUEST = Duration.ofSeconds(1);

    /** How long the last bytes of an answer may wait for a client to read them. */
    private static final Duration LONGEST_FLUSH = Duration.ofSeconds(60);

    /** Grizzly's own: the request of a connection whose body has not come to its end. */
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

    /** The address of the client, or of the proxy in between. */
    String address() {
        return address;
    }

    /** Begins a phase now, except that lingering ends with the connection alone. */
    synchronized void begin(Phase next) {
        if (phase != Phase.LINGER) {
            phase = next;
            used = true;
            since = System.nanoTime();
            headBytes = 0;
        }
    }

    /** Notes that the head is complete, and the request on its way to whoever answers it. */
    synchronized void beginRequest() {
        if (phase == Phase.IDLE || phase == Phase.HEAD) {
            begin(Phase.REQUEST);
        }
    }

    /** Whether it is in this phase. */
    synchronized boolean is(Phase other) {
        return phase == other;
    }

    /** Whether a request or an answer would be lost if it were closed now. */
    synchronized boolean isBusy() {
        return phase != Phase.IDLE || (!used && age().compareTo(FIRST_REQUEST) < 0);
    }

    /** Notes that so many bytes of a head are there, which is not complete. */
    synchronized void headGrew(int bytes) {
        if (phase == Phase.IDLE) {
            begin(Phase.HEAD);
        }
        headBytes = bytes;
    }

    /** How many bytes of the head were there before. */
    synchronized int headBytes() {
        return headBytes;
    }

    /** How much of the unwanted body was thrown away; negative when it has ended. */
    long drained() {
        HttpPacketParsing unread = UNREAD.get(connection);
        return unread == null ? -1 : unread.getContentParsingState().remainderBytesRead;
    }

    /** Notes that the unwanted body has ended. */
    synchronized void endDrain() {
        if (phase == Phase.DRAIN) {
            begin(Phase.IDLE);
        }
    }

    /**
     * Sends what is on its way and says that nothing more comes, but still reads: a connection that is closed with
     * unread bytes is reset, and the client may never see the answer (RFC 9112, section 9.6).
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
        } catch (IOException gone) {
            connection.closeSilently();
        }
    }

    private synchronized void outputEnded() {
        outputEnded = true;
        since = System.nanoTime();
    }

    /** Closes it when its phase has taken too long. */
    void enforce() throws IOException {
        switch (phase()) {
            case IDLE -> closeAfter(timeouts.idle());
            case HEAD -> closeAfter(timeouts.head());
            case LINGER -> {
                connection.enableIOEvent(IOEvent.READ); // Grizzly reads no more of a connection with a broken request
                closeAfter(hasOutputEnded() ? timeouts.linger() : LONGEST_FLUSH);
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

    private void closeAfter(Duration longest) {
        if (age().compareTo(longest) > 0) {
            connection.closeSilently();
        }
    }

    /** How long the phase has lasted. */
    synchronized Duration age() {
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
