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
 * What a stranger's server answered. The body arrives while it is read; whoever asked closes the answer, and should do
 * so before asking the same site again, since an open answer holds one of its few places.
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

    /** The URL that answered, after all redirects, in its canonical form. */
    public URI uri() {
        return uri;
    }

    /** The first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    /** All values of a header in their order, whatever the case of its name; each byte of them is a character. */
    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** How long the server says the body is, unless it is compressed or the server does not say. */
    public OptionalLong length() {
        return body.declared();
    }

    /**
     * The body, decompressed. Reading it throws {@link OutboundException} when it is longer than the request allows,
     * shorter than the server said, or too slow.
     */
    public InputStream body() {
        return body;
    }

    /**
     * Closes it when all that matters was read: a last kibibyte or less is read too, for half a second at most, so that
     * the connection can be used again.
     */
    public void settle() {
        body.settle();
    }

    /** Ends the exchange at once; what was not read is not read. */
    @Override
    public void close() {
        body.close();
    }
}
