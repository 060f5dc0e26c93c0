package io.mediakeep.testing.server;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A proxy before {@link S3Server} that plays faults. Each connection of the client serves one request. */
public final class S3FaultProxy implements AutoCloseable {
    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)");
    private static final int BUFFER_BYTES = 64 * 1024;

    private final RawServer server;
    private final Queue<Planned> planned = new ConcurrentLinkedQueue<>();
    private final Semaphore held = new Semaphore(0);
    private volatile boolean away;

    /** What happens to a request. */
    public enum Fault {
        /** The connection is reset after half of the request's body. */
        RESET_IN_REQUEST,
        /** The connection is closed after half of the response. */
        CLOSED_IN_RESPONSE,
        /** The request is served, and then the response is an error. */
        ERROR_AFTER_SUCCESS,
        /** The head of the response is sent, and nothing more until {@link #release}. */
        HELD_RESPONSE,
        SLOW_DOWN("503 Slow Down", "SlowDown"),
        NOT_FOUND("404 Not Found", "NoSuchKey"),
        CLOCK_SKEW("403 Forbidden", "RequestTimeTooSkewed"),
        OTHER_REGION("301 Moved Permanently", "PermanentRedirect");

        private final String status;
        private final String code;

        Fault() {
            this("500 Internal Server Error", "InternalError");
        }

        Fault(String status, String code) {
            this.status = status;
            this.code = code;
        }

        private String response() {
            String body = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>planned</Message></Error>";
            return "HTTP/1.1 " + status + "\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                    + body.length() + "\r\n\r\n" + body;
        }
    }

    private record Planned(Pattern requests, Fault fault) {}

    /** A proxy without planned faults. */
    public S3FaultProxy() throws IOException {
        server = new RawServer(this::play);
    }

    /** Its URL. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Plans a fault for the next request whose request line has a match of the pattern. */
    public S3FaultProxy plan(String requests, Fault fault) {
        planned.add(new Planned(Pattern.compile(requests), fault));
        return this;
    }

    /** The requests received so far, without their bodies. */
    public List<String> heads() {
        return server.heads();
    }

    /** How many planned faults have not happened. */
    public int remaining() {
        return planned.size();
    }

    /** Closes all connections without a response, or serves again. */
    public void setAway(boolean isAway) {
        away = isAway;
    }

    /** Lets held responses go on. */
    public void release() {
        held.release(1000);
    }

    private void play(String head, RawServer.Connection client) throws IOException, InterruptedException {
        if (away) {
            client.close();
            return;
        }
        String line = head.lines().findFirst().orElse("");
        Planned found = planned.stream()
                .filter(next -> next.requests().matcher(line).find())
                .findFirst()
                .orElse(null);
        if (found != null && planned.remove(found)) {
            play(found.fault(), head, client);
        } else {
            client.send(exchange(head, body(head, client.socket(), 1)));
        }
        client.socket().shutdownOutput();
        client.close();
    }

    private void play(Fault fault, String head, RawServer.Connection client) throws IOException, InterruptedException {
        switch (fault) {
            case RESET_IN_REQUEST -> {
                body(head, client.socket(), 2);
                client.socket().setSoLinger(true, 0); // close() sends RST
                client.close();
            }
            case CLOSED_IN_RESPONSE -> {
                byte[] response = exchange(head, body(head, client.socket(), 1));
                client.socket().getOutputStream().write(response, 0, response.length / 2);
            }
            case ERROR_AFTER_SUCCESS -> {
                exchange(head, body(head, client.socket(), 1));
                client.send(fault.response());
            }
            case HELD_RESPONSE -> {
                byte[] response = exchange(head, body(head, client.socket(), 1));
                client.socket().getOutputStream().write(response, 0, 20);
                held.acquire();
                client.socket().getOutputStream().write(response, 20, response.length - 20);
            }
            default -> {
                body(head, client.socket(), 1);
                client.send(fault.response());
            }
        }
    }

    /** Reads a part of the body: all of it divided by the divisor. */
    private static byte[] body(String head, Socket client, int divisor) throws IOException {
        Matcher length = LENGTH.matcher(head);
        return length.find()
                ? client.getInputStream().readNBytes(Integer.parseInt(length.group(1)) / divisor)
                : new byte[0];
    }

    /** The response of the server, up to the end of the connection. */
    private static byte[] exchange(String head, byte[] body) throws IOException {
        try (Socket socket = new Socket(S3Server.url().getHost(), S3Server.url().getPort())) {
            String once =
                    head.replaceAll("(?i)\r\nconnection:[^\r]*", "").replaceFirst("\r\n", "\r\nConnection: close\r\n");
            socket.getOutputStream().write(once.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            return all(socket.getInputStream());
        }
    }

    private static byte[] all(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream(BUFFER_BYTES);
        in.transferTo(all);
        return all.toByteArray();
    }

    @Override
    public void close() throws IOException {
        release();
        server.close();
    }
}
