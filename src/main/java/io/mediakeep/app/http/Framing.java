package io.mediakeep.app.http;

import java.util.Iterator;
import java.util.regex.Pattern;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Method.PayloadExpectation;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.jspecify.annotations.Nullable;

/**
 * Validates the fields of a request for its host and the length of its body (RFC 9112, sections 3.2, 6.1 and 6.3).
 * Grizzly uses the first of several fields, accepts any transfer coding that begins with {@code chunked}, and treats a
 * body with an unknown coding as empty: the body would then be parsed as the next request.
 */
final class Framing {
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final Pattern HOST =
            Pattern.compile("([A-Za-z0-9._~-]{1,255}|\\[[0-9A-Fa-f:.]{2,45}])(:[0-9]{0,5})?");

    private Framing() {}

    /** Throws {@link BadRequestException} when the fields contradict each other, or have an unsupported value. */
    static void check(HttpRequestPacket request) {
        host(request);
        @Nullable String length = only(request, Header.ContentLength);
        @Nullable String coding = only(request, Header.TransferEncoding);
        if (length != null && (coding != null || !LENGTH.matcher(length).matches())) {
            throw BadRequestException.malformed();
        }
        if (coding != null) {
            chunked(request, coding);
        }
        boolean body = request.isChunked() || request.getContentLength() > 0;
        if (body && request.getMethod().getPayloadExpectation() == PayloadExpectation.NOT_ALLOWED) {
            throw BadRequestException.malformed();
        }
    }

    private static void host(HttpRequestPacket request) {
        @Nullable String host = only(request, Header.Host);
        boolean missing = host == null && request.getProtocol() == Protocol.HTTP_1_1;
        if (missing || (host != null && !HOST.matcher(host).matches())) {
            throw BadRequestException.malformed();
        }
    }

    private static void chunked(HttpRequestPacket request, String coding) {
        if (request.getProtocol() != Protocol.HTTP_1_1) {
            throw BadRequestException.malformed();
        }
        if (!coding.equalsIgnoreCase("chunked")) {
            throw BadRequestException.of(HttpStatus.NOT_IMPLEMENTED_501);
        }
        request.setChunked(true); // Grizzly compares with case when the head came in several pieces
    }

    private static @Nullable String only(HttpRequestPacket request, Header field) {
        Iterator<String> values = request.getHeaders().values(field).iterator();
        @Nullable String value = values.hasNext() ? values.next() : null;
        if (values.hasNext()) {
            throw BadRequestException.malformed();
        }
        return value;
    }
}
