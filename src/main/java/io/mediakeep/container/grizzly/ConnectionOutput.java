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
 * The output of a connection: its socket, which takes bytes without a copy but never waits, and Grizzly's write queue,
 * which waits for the socket but keeps what is queued. While the queue is empty bytes are written to the socket
 * directly; a few queued bytes signal when the socket takes more.
 */
final class ConnectionOutput {
    private final TCPNIOConnection connection;

    ConnectionOutput(Connection<?> connection) {
        this.connection = (TCPNIOConnection) connection;
    }

    /** The socket, in non-blocking mode; to be written to while {@link #isEmpty}. */
    SocketChannel socket() {
        return (SocketChannel) connection.getChannel();
    }

    /** Whether the write queue is empty. */
    boolean isEmpty() {
        return connection.getAsyncWriteQueue().spaceInBytes() == 0;
    }

    /** Runs when queued bytes have been sent. */
    interface Callback extends Runnable {
        /** They will not be sent: the connection is closed. */
        void failed();
    }

    /** Runs the callback on a worker thread when the write queue is empty. */
    void whenEmpty(Callback callback) {
        whenSent(ByteBuffer.allocate(0), callback);
    }

    /** Queues bytes, and runs the callback on a worker thread when the socket has taken them. */
    void whenSent(ByteBuffer bytes, Callback callback) {
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
                                run(callback);
                            }

                            @Override
                            public void failed(Throwable failure) {
                                callback.failed();
                            }

                            @Override
                            public void cancelled() {
                                callback.failed();
                            }
                        });
    }

    /** Runs a callback on a worker thread; it fails when the server has stopped. */
    void run(Callback callback) {
        @Nullable Executor workers = connection.getTransport().getWorkerThreadPool();
        try {
            if (workers != null) {
                workers.execute(callback);
                return;
            }
        } catch (RejectedExecutionException stopped) {
            // the worker threads have been stopped
        }
        callback.failed();
    }

    /** Closes the connection at once, so that the client detects an incomplete response. */
    void terminate() {
        connection.terminateSilently();
    }
}
