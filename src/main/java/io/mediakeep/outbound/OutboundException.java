package io.mediakeep.outbound;

import java.io.IOException;

/**
 * Why there is no answer, or no more of it. The kind is what a client may be told; the message is for the log, since it
 * may name addresses of the operator's own network.
 */
public final class OutboundException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What went wrong, in a word. */
    public enum Kind {
        /** The guard or the request's own rule forbids the URL or an address behind it. */
        DENIED,
        /** The host name has no address. */
        UNRESOLVED,
        /** No connection to any of the addresses, or it was reset before there was an answer. */
        UNREACHABLE,
        /** No trustworthy connection: the certificate is not for that name, or not signed by anybody we believe. */
        TLS,
        /** The deadline passed, or nothing came for too long. */
        TIMEOUT,
        /** The body is longer than the request allows. */
        TOO_LARGE,
        /** More redirects than the request allows. */
        TOO_MANY_REDIRECTS,
        /** What came is not HTTP, or is not whole. */
        BAD_ANSWER
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

    /** What went wrong, in a word. */
    public Kind kind() {
        return kind;
    }
}
