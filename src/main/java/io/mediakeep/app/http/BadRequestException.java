package io.mediakeep.app.http;

import org.glassfish.grizzly.http.util.HttpStatus;

/** A request that violates HTTP. It has no stack trace, since it is a regular response. */
final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient HttpStatus status;

    private BadRequestException(HttpStatus status) {
        super(status.getReasonPhrase(), null, false, false);
        this.status = status;
    }

    /** 400: not a message by RFC 9112. */
    static BadRequestException malformed() {
        return new BadRequestException(HttpStatus.BAD_REQUEST_400);
    }

    /** Another, more specific status. */
    static BadRequestException of(HttpStatus status) {
        return new BadRequestException(status);
    }

    /** The status of the response. */
    HttpStatus status() {
        return status;
    }
}
