package io.mediakeep.testing.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection on which a test sends bytes that an HTTP client would not. */
public final class RawConnection implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private static final int LAST_BYTES = 16;

    private final Socket socket;
    private String last = "";
    private String lastHead = "";

    /** Connects. */
    public RawConnection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout((int) TIMEOUT.toMillis());
    }

    /** Sends a text in ISO 8859-1. */
    public RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends bytes. */
    public RawConnection send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
        return this;
    }

    /** Makes close reset the connection (RST). */
    public RawConnection resetOnClose() throws IOException {
        socket.setSoLinger(true, 0);
        return this;
    }

    /** Ends the output (half-close). */
    public RawConnection endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The status line and headers of the next response; empty when the connection was closed without one. */
    public String head() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            head.write(next);
        }
        lastHead = head.toString(StandardCharsets.ISO_8859_1);
        return lastHead;
    }

    /** The status of the next response. */
    public int status() throws IOException {
        String head = head();
        if (!head.startsWith("HTTP/1.1 ")) {
            throw new IOException("no response but: " + head);
        }
        return Integer.parseInt(head.substring(9, 12));
    }

    /** The body of the response whose head was read last, by its Content-Length. */
    public String body() throws IOException {
        int length = Integer.parseInt(lastHead.replaceFirst("(?is).*\r\nContent-Length: *(\\d+).*", "$1"));
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** Everything until the server closes. */
    public String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Reads until the connection is closed or reset; returns the number of bytes. */
    public long countToEnd() throws IOException {
        byte[] buffer = new byte[8192];
        long count = 0;
        try {
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                String both = last + new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                last = both.substring(Math.max(0, both.length() - LAST_BYTES));
                count += read;
            }
        } catch (SocketException reset) {
            return count;
        }
        return count;
    }

    /** The last few bytes that {@link #countToEnd} read. */
    public String lastReceived() {
        return last;
    }

    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0); // RST, as when a network fails
        socket.close();
    }
}
