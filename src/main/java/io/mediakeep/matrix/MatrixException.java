package io.mediakeep.matrix;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * An error of the Matrix API. Its message is sent to the client, so it is a sentence for users and never contains a
 * path, an SQL text or a token. It has no stack trace, since it is a regular response.
 */
public final class MatrixException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The {@code Retry-After} for content that is not uploaded yet. */
    private static final int INSUFFICIENT_STORAGE = 507;

    private static final Duration UPLOAD_RETRY = Duration.ofSeconds(5);

    private final ErrorCode code;
    private final int status;
    private final @Nullable Duration retryAfter;
    private final boolean softLogout;

    private MatrixException(
            ErrorCode code, int status, String message, @Nullable Duration retryAfter, boolean softLogout) {
        super(message, null, false, false);
        this.code = code;
        this.status = status;
        this.retryAfter = retryAfter;
        this.softLogout = softLogout;
    }

    private MatrixException(ErrorCode code, String message) {
        this(code, code.status(), message, null, false);
    }

    /** The exception itself, or the one that a {@link CompletionException} wraps; empty for any other failure. */
    public static Optional<MatrixException> in(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapper ? wrapper.getCause() : failure;
        return cause instanceof MatrixException exception ? Optional.of(exception) : Optional.empty();
    }

    /** 400: a required parameter is missing. */
    public static MatrixException missingParam(String name) {
        return new MatrixException(ErrorCode.M_MISSING_PARAM, "The parameter '" + name + "' is missing");
    }

    /** 400: an invalid parameter; {@code shouldBe} describes a valid one, for example "a number". */
    public static MatrixException invalidParam(String name, String shouldBe) {
        return new MatrixException(ErrorCode.M_INVALID_PARAM, "The parameter '" + name + "' must be " + shouldBe);
    }

    /** 400 without a specific code. */
    public static MatrixException badRequest(String message) {
        return new MatrixException(ErrorCode.M_UNKNOWN, 400, message, null, false);
    }

    /** 401: no access token where one is required. */
    public static MatrixException missingToken() {
        return new MatrixException(ErrorCode.M_MISSING_TOKEN, "An access token is required");
    }

    /** 401: the token is not valid. Clients log out on this, unless {@code softLogout} lets them refresh. */
    public static MatrixException unknownToken(boolean softLogout) {
        return new MatrixException(ErrorCode.M_UNKNOWN_TOKEN, 401, "Unrecognised access token", null, softLogout);
    }

    /** 401: a request of another homeserver without a valid signature. */
    public static MatrixException unauthorized(String reason) {
        return new MatrixException(ErrorCode.M_UNAUTHORIZED, reason);
    }

    /** 403: not permitted, for the reason given. */
    public static MatrixException forbidden(String reason) {
        return new MatrixException(ErrorCode.M_FORBIDDEN, reason);
    }

    /** 403: a quota is reached; try again after the given time. */
    public static MatrixException quotaReached(Duration retryAfter) {
        return new MatrixException(
                ErrorCode.M_FORBIDDEN,
                ErrorCode.M_FORBIDDEN.status(),
                "The upload quota of this user is reached; try again later",
                retryAfter,
                false);
    }

    /** 403: guests may not do this. */
    public static MatrixException guestForbidden() {
        return new MatrixException(ErrorCode.M_GUEST_ACCESS_FORBIDDEN, "Guests are not allowed to do this");
    }

    /**
     * 404 for everything that does not exist or must not be seen; always the same message, so that it reveals nothing.
     */
    public static MatrixException notFound() {
        return new MatrixException(ErrorCode.M_NOT_FOUND, "No such media");
    }

    /** 404: no such path. */
    public static MatrixException unrecognized() {
        return new MatrixException(ErrorCode.M_UNRECOGNIZED, "Unrecognized request");
    }

    /** 405: a known path, called with another method. */
    public static MatrixException wrongMethod() {
        return new MatrixException(
                ErrorCode.M_UNRECOGNIZED, 405, "This endpoint does not support the method", null, false);
    }

    /** 408: the body was received too slowly. */
    public static MatrixException tooSlow() {
        return new MatrixException(ErrorCode.M_UNKNOWN, 408, "The body was sent too slowly", null, false);
    }

    /** 409: the media id already has content. */
    public static MatrixException alreadyUploaded() {
        return new MatrixException(ErrorCode.M_CANNOT_OVERWRITE_MEDIA, "Media already uploaded");
    }

    /** 409: another upload to the media id is running. */
    public static MatrixException uploadRunning() {
        return new MatrixException(ErrorCode.M_CANNOT_OVERWRITE_MEDIA, "Another upload to this media id is running");
    }

    /** 413: larger than {@code maxBytes} bytes. */
    public static MatrixException tooLarge(long maxBytes) {
        return new MatrixException(ErrorCode.M_TOO_LARGE, "Cannot upload files larger than " + maxBytes + " bytes");
    }

    /** 413: an image with more bytes or pixels than are decoded. */
    public static MatrixException imageTooLarge() {
        return new MatrixException(ErrorCode.M_TOO_LARGE, "The image is too large for a thumbnail");
    }

    /** 415: a body that is not accepted. */
    public static MatrixException unsupportedMediaType(String reason) {
        return new MatrixException(ErrorCode.M_UNKNOWN, 415, reason, null, false);
    }

    /** 416: a range outside of the content. */
    public static MatrixException rangeNotSatisfiable() {
        return new MatrixException(ErrorCode.M_UNKNOWN, 416, "The range lies outside of the content", null, false);
    }

    /** 429: too much; try again after the given time. */
    public static MatrixException limitExceeded(String reason, Duration retryAfter) {
        return new MatrixException(ErrorCode.M_LIMIT_EXCEEDED, 429, reason, retryAfter, false);
    }

    /** 502: another server failed. */
    public static MatrixException badGateway(String reason) {
        return new MatrixException(ErrorCode.M_UNKNOWN, 502, reason, null, false);
    }

    /** 504: another server took too long. */
    public static MatrixException gatewayTimeout(String reason) {
        return new MatrixException(ErrorCode.M_UNKNOWN, 504, reason, null, false);
    }

    /** 502: remote content above the maximum size. */
    public static MatrixException remoteTooLarge() {
        return new MatrixException(ErrorCode.M_TOO_LARGE, 502, "The remote content is too large", null, false);
    }

    /** 503: temporarily unavailable; try again after the given time. */
    public static MatrixException unavailable(String reason, Duration retryAfter) {
        return new MatrixException(ErrorCode.M_UNKNOWN, 503, reason, retryAfter, false);
    }

    /** 504: the media id is reserved, its content is not uploaded yet. */
    public static MatrixException notYetUploaded() {
        return new MatrixException(
                ErrorCode.M_NOT_YET_UPLOADED, 504, "Content has not yet been uploaded", UPLOAD_RETRY, false);
    }

    /** Whether there is no space to store something (507). */
    public boolean isInsufficientStorage() {
        return status == INSUFFICIENT_STORAGE;
    }

    /** 507: there is no space left; try again after the given time (RFC 4918, section 11.5). */
    public static MatrixException insufficientStorage(Duration retryAfter) {
        return new MatrixException(
                ErrorCode.M_UNKNOWN,
                INSUFFICIENT_STORAGE,
                "This server has too little free space; try again later",
                retryAfter,
                false);
    }

    /** 508: a request of this server came back to it (RFC 5842, section 7.2). */
    public static MatrixException loopDetected(String reason) {
        return new MatrixException(ErrorCode.M_UNKNOWN, 508, reason, null, false);
    }

    /** The {@code errcode} of the response. */
    public ErrorCode code() {
        return code;
    }

    /** The HTTP status of the response. */
    public int status() {
        return status;
    }

    /** The message for the client. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** When to try again, if that is known. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Whether the client may refresh its token instead of logging out. */
    public boolean softLogout() {
        return softLogout;
    }
}
