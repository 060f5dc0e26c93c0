package io.mediakeep.app.http;

import org.glassfish.grizzly.http.util.HttpStatus;

/** A request that HTTP does not allow. It carries no stack trace: it is an answer, not a fault. */
final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient HttpStatus status;

    private BadRequestException(HttpStatus status) {
        super(status.getReasonPhrase(), null, false, false);
        this.status = status;
    }

    /** 400: not what RFC 9112 calls a message. */
    static BadRequestException malformed() {
        return new BadRequestException(HttpStatus.BAD_REQUEST_400);
    }

    /** Another status that says better what is wrong. */
    static BadRequestException of(HttpStatus status) {
        return new BadRequestException(status);
    }

    /** The status to answer with. */
    HttpStatus status() {
        return status;
    }
}
