package io.mediakeep.app.http;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.http.util.HttpStatus;

/**
 * Validates the syntax of a request line and its fields by RFC 9112, sections 2.2, 3 and 5. Grizzly's parser is
 * lenient: it accepts a bare LF as the end of a line, joins folded lines, skips a bare CR, and permits spaces before a
 * colon and any octet in a name or value. A proxy that parses such a head differently sees another request in it
 * (request smuggling).
 */
final class RequestHead {
    private static final int VERSION_LENGTH = "HTTP/1.1".length();

    /** Methods for tunnels and for HTTP/2; Grizzly treats everything after them as their body. */
    private static final Set<String> NOT_IMPLEMENTED = Set.of("CONNECT", "PRI");

    private final Buffer bytes;
    private int at;

    private RequestHead(Buffer bytes) {
        this.bytes = bytes;
        this.at = bytes.position();
    }

    /**
     * Searches the end of the head, which begins at the position of the buffer.
     *
     * @param seen how many bytes of the head were searched before
     * @param max its maximum size
     * @return whether the head is complete
     * @throws BadRequestException when a line ends without CR, or the head is too long
     */
    static boolean isComplete(Buffer bytes, int seen, int max) {
        int start = bytes.position();
        int end = Math.min(bytes.limit(), start + max);
        for (int i = start + seen; i < end; i++) {
            if (bytes.get(i) == Octets.LF) {
                if (i == start || bytes.get(i - 1) != Octets.CR) {
                    throw BadRequestException.malformed();
                }
                if (i - start >= 3 && bytes.get(i - 2) == Octets.LF) {
                    return true;
                }
            }
        }
        if (bytes.remaining() >= max) {
            throw tooLong(bytes, end);
        }
        return false;
    }

    private static BadRequestException tooLong(Buffer bytes, int end) {
        boolean lineEnded = bytes.toStringContent(StandardCharsets.ISO_8859_1, bytes.position(), end)
                .contains("\n");
        return BadRequestException.of(
                lineEnded ? HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE : HttpStatus.REQUEST_URI_TOO_LONG_414);
    }

    /**
     * Throws {@link BadRequestException} when a complete head, which begins at the position of the buffer, is
     * malformed.
     */
    static void check(Buffer bytes) {
        RequestHead head = new RequestHead(bytes);
        head.requestLine();
        while (head.next() != Octets.CR) {
            head.field();
        }
    }

    private void requestLine() {
        String method = token();
        expect(Octets.SPACE);
        target();
        expect(Octets.SPACE);
        version();
        if (NOT_IMPLEMENTED.contains(method)) {
            throw BadRequestException.of(HttpStatus.NOT_IMPLEMENTED_501);
        }
    }

    /** {@code origin-form}, {@code absolute-form} or an asterisk. */
    private void target() {
        int start = at;
        while (Octets.isVisible(next())) {
            at++;
        }
        String target = text(start, at);
        boolean absolute =
                target.regionMatches(true, 0, "http://", 0, 7) || target.regionMatches(true, 0, "https://", 0, 8);
        if (!absolute && !target.startsWith("/") && !target.equals("*")) {
            throw BadRequestException.malformed();
        }
    }

    private void version() {
        int start = at;
        while (Octets.isVisible(next()) && at - start < VERSION_LENGTH) {
            at++;
        }
        String version = text(start, at);
        endOfLine();
        if (!version.matches("HTTP/[0-9]\\.[0-9]")) {
            throw BadRequestException.malformed();
        }
        if (!version.equals("HTTP/1.1") && !version.equals("HTTP/1.0")) {
            throw BadRequestException.of(HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505);
        }
    }

    /** One field; a folded line begins with a space, which is not a name. */
    private void field() {
        while (Octets.isToken(next())) {
            at++;
        }
        if (bytes.get(at - 1) == Octets.LF) {
            throw BadRequestException.malformed();
        }
        expect(Octets.COLON);
        while (Octets.isFieldContent(next())) {
            at++;
        }
        endOfLine();
    }

    private String token() {
        int start = at;
        while (Octets.isToken(next())) {
            at++;
        }
        if (at == start) {
            throw BadRequestException.malformed();
        }
        return text(start, at);
    }

    private void endOfLine() {
        expect(Octets.CR);
        expect(Octets.LF);
    }

    private void expect(byte octet) {
        if (next() != octet) {
            throw BadRequestException.malformed();
        }
        at++;
    }

    /** The next octet. The head is complete, so a parser that stops at the end of a line never reads beyond it. */
    private byte next() {
        return bytes.get(at);
    }

    private String text(int start, int end) {
        return bytes.toStringContent(StandardCharsets.ISO_8859_1, start, end);
    }
}
