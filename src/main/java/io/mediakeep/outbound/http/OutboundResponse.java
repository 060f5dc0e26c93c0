package io.mediakeep.outbound.http;

import io.mediakeep.outbound.OutboundException;
import java.io.Closeable;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A response of another server. The body is received while it is read; the caller closes the response, and should do so
 * before the next request to the same site, since an open response holds one of its few permits.
 */
public final class OutboundResponse implements Closeable {
    private final int status;
    private final URI uri;
    private final Map<String, List<String>> headers;
    private final ResponseBody body;

    /** @param headers by their names in lower case */
    OutboundResponse(int status, URI uri, Map<String, List<String>> headers, ResponseBody body) {
        this.status = status;
        this.uri = uri;
        this.headers = headers;
        this.body = body;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** The URL of the response, after all redirects, in canonical form. */
    public URI uri() {
        return uri;
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** All values of a header in their order, whatever the case of its name; bytes are decoded as ISO-8859-1. */
    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The declared length of the body, unless it is compressed or not declared. */
    public OptionalLong length() {
        return body.declared();
    }

    /**
     * The body, decompressed. Reading it throws {@link OutboundException} when it is longer than the request permits,
     * shorter than declared, or too slow.
     */
    public InputStream body() {
        return body;
    }

    /**
     * Closes the response after the relevant part was read: a rest of at most one kibibyte is read too, for half a
     * second at most, so that the connection can be reused.
     */
    public void drainAndClose() {
        body.drainAndClose();
    }

    /** Ends the exchange; the rest of the body is not read. */
    @Override
    public void close() {
        body.close();
    }
}
