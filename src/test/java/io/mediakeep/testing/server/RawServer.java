package io.mediakeep.testing.server;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server on loopback with scripted responses, which may be malformed, for every request on every connection. */
public final class RawServer implements AutoCloseable {
    private static final String LOCALHOST = "127.0.0.1";
    private static final int BACKLOG = 100;

    private final ServerSocket listening;
    private final Script script;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<String> serverNames = new CopyOnWriteArrayList<>();
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();

    /** The response to a request. When it returns, the next request on that connection is read. */
    @FunctionalInterface
    public interface Script {
        /** @param head the request up to the empty line */
        void play(String head, Connection talk) throws Exception;
    }

    /** One connection. */
    public record Connection(Socket socket) {
        /** Sends a text in ISO 8859-1. */
        public Connection send(String text) throws IOException {
            return send(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        /** Sends bytes. */
        public Connection send(byte[] bytes) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
            return this;
        }

        /** Closes the connection. */
        public void close() throws IOException {
            socket.close();
        }

        /** Waits until the client has closed. */
        public void awaitClose() throws IOException {
            socket.getInputStream().readAllBytes();
        }
    }

    /** Without TLS, at 127.0.0.1. */
    public RawServer(Script script) throws IOException {
        this(LOCALHOST, ServerSocketFactory.getDefault(), script);
    }

    /** With TLS, at 127.0.0.1. */
    public RawServer(SSLContext tls, Script script) throws IOException {
        this(LOCALHOST, tls, script);
    }

    /** With TLS, at an address of this host. */
    public RawServer(String address, SSLContext tls, Script script) throws IOException {
        this(address, tls.getServerSocketFactory(), script);
    }

    private RawServer(String address, ServerSocketFactory sockets, Script script) throws IOException {
        this.script = script;
        this.listening = sockets.createServerSocket(0, BACKLOG, InetAddress.getByName(address));
        threads.execute(this::accept);
    }

    /** Responds to every request with a text. */
    public static RawServer responding(String text) throws IOException {
        return new RawServer((head, talk) -> talk.send(text));
    }

    /** The port. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Its server name without delegation: address and port. */
    public String name() {
        return listening.getInetAddress().getHostAddress() + ":" + port();
    }

    /** The requests received so far. */
    public List<String> heads() {
        return heads;
    }

    /** The number of connections accepted. */
    public int connections() {
        return connections.get();
    }

    /** The SNI names of the requests, empty for none. */
    public List<String> serverNames() {
        return serverNames;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listening.accept();
                connections.incrementAndGet();
                open.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException | RejectedExecutionException closed) {
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            for (String head = head(socket); !head.isEmpty(); head = head(socket)) {
                heads.add(head);
                serverNames.add(serverName(socket));
                script.play(head, new Connection(socket));
            }
        } catch (Exception gone) {
            return; // the client closed, or the test has ended
        } finally {
            open.remove(socket);
        }
    }

    private static String head(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static String serverName(Socket socket) {
        if (socket instanceof SSLSocket tls && tls.getSession() instanceof ExtendedSSLSession session) {
            List<SNIServerName> names = session.getRequestedServerNames();
            return names.isEmpty() ? "" : new String(names.get(0).getEncoded(), StandardCharsets.US_ASCII);
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Closeable socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
