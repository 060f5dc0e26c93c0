package io.mediakeep.container.grizzly;

import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.asyncqueue.WritableMessage;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.jspecify.annotations.Nullable;

/**
 * The way out of a connection: its socket, which takes bytes without a copy but never waits, and Grizzly's write queue,
 * which waits for the socket but keeps what it is given. What is sent goes to the socket directly as long as the queue
 * is empty; a few bytes in the queue tell when the socket takes more.
 */
final class Outlet {
    private final TCPNIOConnection connection;

    Outlet(Connection<?> connection) {
        this.connection = (TCPNIOConnection) connection;
    }

    /** The socket, in non-blocking mode; to be written to while {@link #isEmpty}. */
    SocketChannel socket() {
        return (SocketChannel) connection.getChannel();
    }

    /** Whether all that Grizzly was given to send has gone to the socket. */
    boolean isEmpty() {
        return connection.getAsyncWriteQueue().spaceInBytes() == 0;
    }

    /** What is to be done when queued bytes have been sent. */
    interface Waiter extends Runnable {
        /** They will not be sent: the connection is closed. */
        void failed();
    }

    /** Runs the waiter on a worker thread when all that is queued has gone to the socket. */
    void whenEmpty(Waiter waiter) {
        whenSent(ByteBuffer.allocate(0), waiter);
    }

    /** Queues bytes, and runs the waiter on a worker thread when the socket has taken them. */
    void whenSent(ByteBuffer bytes, Waiter waiter) {
        TCPNIOTransport transport = (TCPNIOTransport) connection.getTransport();
        transport
                .getAsyncQueueIO()
                .getWriter()
                .write(
                        connection,
                        null,
                        Buffers.wrap(transport.getMemoryManager(), bytes),
                        new EmptyCompletionHandler<WriteResult<WritableMessage, SocketAddress>>() {
                            @Override
                            public void completed(WriteResult<WritableMessage, SocketAddress> result) {
                                run(waiter);
                            }

                            @Override
                            public void failed(Throwable failure) {
                                waiter.failed();
                            }

                            @Override
                            public void cancelled() {
                                waiter.failed();
                            }
                        });
    }

    /** Runs a waiter on one of the threads that answer requests; it fails when the server has stopped. */
    void run(Waiter waiter) {
        @Nullable Executor workers = connection.getTransport().getWorkerThreadPool();
        try {
            if (workers != null) {
                workers.execute(waiter);
                return;
            }
        } catch (RejectedExecutionException stopped) {
            // as when there are no workers any more
        }
        waiter.failed();
    }

    /** Closes the connection at once, so that the client notices that something is missing. */
    void terminate() {
        connection.terminateSilently();
    }
}
