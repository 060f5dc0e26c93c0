package io.mediakeep.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A connection over which a test says what no decent HTTP client would. */
public final class RawConnection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int LAST_WORDS = 16;

    private final Socket socket;
    private String last = "";
    private String lastHead = "";

    /** Connects. */
    public RawConnection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
    }

    /** Sends the text as it is, character by byte. */
    public RawConnection say(String text) throws IOException {
        return say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends the bytes as they are. */
    public RawConnection say(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
        return this;
    }

    /** Will leave without a word: what the server says after that is refused. */
    public RawConnection leavesRudely() throws IOException {
        socket.setSoLinger(true, 0);
        return this;
    }

    /** Says that nothing more comes. */
    public RawConnection sayNoMore() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** The first line of the answer and its headers; empty when the connection was closed without one. */
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

    /** The status of the answer. */
    public int status() throws IOException {
        String head = head();
        if (!head.startsWith("HTTP/1.1 ")) {
            throw new IOException("no answer but: " + head);
        }
        return Integer.parseInt(head.substring(9, 12));
    }

    /** The body of the answer whose head was read last, as long as that said. */
    public String body() throws IOException {
        int length = Integer.parseInt(lastHead.replaceFirst("(?is).*\r\nContent-Length: *(\\d+).*", "$1"));
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.ISO_8859_1);
    }

    /** All that comes until the server closes. */
    public String rest() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Reads until nothing more comes, politely or not; answers how many bytes came. */
    public long untilItBreaks() throws IOException {
        byte[] buffer = new byte[8192];
        long count = 0;
        try {
            for (int read = socket.getInputStream().read(buffer);
                    read >= 0;
                    read = socket.getInputStream().read(buffer)) {
                String both = last + new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                last = both.substring(Math.max(0, both.length() - LAST_WORDS));
                count += read;
            }
        } catch (SocketException reset) {
            return count;
        }
        return count;
    }

    /** The last few bytes that came then. */
    public String heardLast() {
        return last;
    }

    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0); // no good-bye, as when a network breaks
        socket.close();
    }
}
