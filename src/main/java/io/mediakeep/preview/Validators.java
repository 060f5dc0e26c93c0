package io.mediakeep.preview;

import io.mediakeep.outbound.http.OutboundResponse;
import java.util.Optional;

/** By what a server tells whether a page has changed (RFC 9110, section 8.8). */
record Validators(Optional<String> etag, Optional<String> lastModified) {
    static final Validators NONE = new Validators(Optional.empty(), Optional.empty());

    private static final int LONGEST_ETAG = 1000;
    private static final int LONGEST_DATE = 100;

    /** Those that came with an answer. */
    static Validators of(OutboundResponse answer) {
        return new Validators(
                answer.header("ETag").filter(etag -> isSendable(etag, LONGEST_ETAG)),
                answer.header("Last-Modified").filter(date -> isSendable(date, LONGEST_DATE)));
    }

    boolean any() {
        return etag.isPresent() || lastModified.isPresent();
    }

    private static boolean isSendable(String value, int longest) {
        return value.length() <= longest && value.chars().allMatch(character -> character >= ' ' && character <= '~');
    }
}
