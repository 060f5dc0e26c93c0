package io.mediakeep.preview;

import io.mediakeep.outbound.http.OutboundResponse;
import java.util.Optional;

/** The validators of a response (RFC 9110, section 8.8). */
record Validators(Optional<String> etag, Optional<String> lastModified) {
    static final Validators NONE = new Validators(Optional.empty(), Optional.empty());

    private static final int MAX_ETAG = 1000;
    private static final int MAX_DATE = 100;

    /** The validators of a response. */
    static Validators of(OutboundResponse response) {
        return new Validators(
                response.header("ETag").filter(etag -> isSendable(etag, MAX_ETAG)),
                response.header("Last-Modified").filter(date -> isSendable(date, MAX_DATE)));
    }

    boolean any() {
        return etag.isPresent() || lastModified.isPresent();
    }

    private static boolean isSendable(String value, int maxLength) {
        return value.length() <= maxLength && value.chars().allMatch(character -> character >= ' ' && character <= '~');
    }
}
