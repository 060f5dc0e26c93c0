package io.mediakeep.federation;

import io.mediakeep.matrix.JsonText;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.http.OutboundResponse;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Duration;

/** Maps failures of other homeservers to errors for the client. */
final class RemoteErrors {
    private static final int MAX_ERROR_BYTES = 64 * 1024;
    private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration MAX_RETRY_AFTER = Duration.ofHours(1);

    private RemoteErrors() {}

    /** The JSON of an error response; empty when it is not JSON. */
    static JsonObject body(OutboundResponse response) {
        try {
            return JsonText.object(response.body().readNBytes(MAX_ERROR_BYTES));
        } catch (IOException noJson) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    static MatrixException of(OutboundResponse response, JsonObject body) {
        String code = body.getString("errcode", "");
        if (code.equals("M_TOO_LARGE")) {
            return MatrixException.remoteTooLarge();
        }
        return switch (response.status()) {
            case 404 -> MatrixException.notFound();
            case 429 ->
                MatrixException.limitExceeded("The origin limits the rate of requests", retryAfter(response, body));
            case 504 ->
                code.equals("M_NOT_YET_UPLOADED")
                        ? MatrixException.notYetUploaded()
                        : MatrixException.badGateway("The origin did not respond in time");
            default -> MatrixException.badGateway("The origin did not send the content");
        };
    }

    static MatrixException of(OutboundException failure) {
        return switch (failure.kind()) {
            case TOO_LARGE -> MatrixException.remoteTooLarge();
            case DENIED, UNRESOLVED, UNREACHABLE, TLS, TIMEOUT ->
                MatrixException.badGateway("The origin cannot be reached");
            case TOO_MANY_REDIRECTS, BAD_RESPONSE ->
                MatrixException.badGateway("The response of the origin is invalid");
        };
    }

    /** {@code Retry-After} in seconds, else the errcode's own field in milliseconds. */
    private static Duration retryAfter(OutboundResponse response, JsonObject body) {
        Duration requested = response.header("Retry-After")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElseGet(() -> body.get("retry_after_ms") instanceof JsonNumber millis
                        ? Duration.ofMillis(Math.max(0, millis.longValue()))
                        : DEFAULT_RETRY_AFTER);
        return requested.compareTo(MAX_RETRY_AFTER) < 0 ? requested : MAX_RETRY_AFTER;
    }
}
