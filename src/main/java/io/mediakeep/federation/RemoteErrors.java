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

/** What we tell a client when another homeserver does not give us what it has. */
final class RemoteErrors {
    private static final int LONGEST_ERROR = 64 * 1024;
    private static final Duration DEFAULT_WAIT = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private RemoteErrors() {}

    /** The words of the protocol in an answer that is no success; nothing when it speaks another language. */
    static JsonObject words(OutboundResponse answer) {
        try {
            return JsonText.object(answer.body().readNBytes(LONGEST_ERROR));
        } catch (IOException noJson) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    static MatrixException of(OutboundResponse answer, JsonObject words) {
        String code = words.getString("errcode", "");
        if (code.equals("M_TOO_LARGE")) {
            return MatrixException.remoteTooLarge();
        }
        return switch (answer.status()) {
            case 404 -> MatrixException.notFound();
            case 429 -> MatrixException.limitExceeded("The other server is asked too often", wait(answer, words));
            case 504 ->
                code.equals("M_NOT_YET_UPLOADED")
                        ? MatrixException.notYetUploaded()
                        : MatrixException.badGateway("The other server did not answer in time");
            default -> MatrixException.badGateway("The other server did not hand out the content");
        };
    }

    static MatrixException of(OutboundException failure) {
        return switch (failure.kind()) {
            case TOO_LARGE -> MatrixException.remoteTooLarge();
            case DENIED, UNRESOLVED, UNREACHABLE, TLS, TIMEOUT ->
                MatrixException.badGateway("The other server cannot be reached");
            case TOO_MANY_REDIRECTS, BAD_ANSWER ->
                MatrixException.badGateway("The other server's answer makes no sense");
        };
    }

    /** {@code Retry-After} in seconds, else the errcode's own field in milliseconds. */
    private static Duration wait(OutboundResponse answer, JsonObject words) {
        Duration asked = answer.header("Retry-After")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElseGet(() -> words.get("retry_after_ms") instanceof JsonNumber wait
                        ? Duration.ofMillis(Math.max(0, wait.longValue()))
                        : DEFAULT_WAIT);
        return asked.compareTo(LONGEST_WAIT) < 0 ? asked : LONGEST_WAIT;
    }
}
