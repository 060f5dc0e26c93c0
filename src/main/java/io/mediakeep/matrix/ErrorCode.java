package io.mediakeep.matrix;

/**
 * The {@code errcode} of an error response, with its usual HTTP status (Matrix client-server API, "Standard error
 * response").
 */
public enum ErrorCode {
    M_UNKNOWN(500),
    M_MISSING_PARAM(400),
    M_INVALID_PARAM(400),
    M_MISSING_TOKEN(401),
    M_UNKNOWN_TOKEN(401),
    M_UNAUTHORIZED(401),
    M_FORBIDDEN(403),
    M_GUEST_ACCESS_FORBIDDEN(403),
    M_NOT_FOUND(404),
    M_UNRECOGNIZED(404),
    M_CANNOT_OVERWRITE_MEDIA(409),
    M_TOO_LARGE(413),
    M_LIMIT_EXCEEDED(429),
    M_NOT_YET_UPLOADED(504);

    private final int status;

    ErrorCode(int status) {
        this.status = status;
    }

    /** The HTTP status of a response with this code, unless the exception names another. */
    public int status() {
        return status;
    }
}
