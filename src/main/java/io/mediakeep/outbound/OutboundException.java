package io.mediakeep.outbound;

import java.io.IOException;

/**
 * A failed request, or a failed body. The kind may be reported to a client; the message is for the log, since it may
 * contain addresses of the operator's network.
 */
public final class OutboundException extends IOException {
    private static final long serialVersionUID = 1L;

    /** The kind of failure. */
    public enum Kind {
        /** The address policy, or the filter of the request, rejects a URL or address. */
        DENIED,
        /** The host name has no address. */
        UNRESOLVED,
        /** No connection to any of the addresses, or it was reset before the response. */
        UNREACHABLE,
        /** The TLS handshake failed: the certificate is for another name, or not trusted. */
        TLS,
        /** A timeout: the deadline, or nothing was received for too long. */
        TIMEOUT,
        /** The body is longer than the request permits. */
        TOO_LARGE,
        /** More redirects than the request permits. */
        TOO_MANY_REDIRECTS,
        /** The response is not HTTP, or is incomplete. */
        BAD_RESPONSE
    }

    private final Kind kind;

    /** Without a cause. */
    public OutboundException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** With the failure beneath it. */
    public OutboundException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** The kind of failure. */
    public Kind kind() {
        return kind;
    }
}
