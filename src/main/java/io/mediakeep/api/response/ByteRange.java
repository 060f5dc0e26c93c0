package io.mediakeep.api.response;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A range of content (RFC 9110, section 14).
 *
 * @param start the position of the first byte, from 0
 * @param length the number of bytes
 */
record ByteRange(long start, long length) {
    private static final Pattern SINGLE =
            Pattern.compile("bytes=\\s*([0-9]{0,18})-([0-9]{0,18})\\s*", Pattern.CASE_INSENSITIVE);

    /** The evaluation of a {@code Range} header. */
    sealed interface Selection {
        /** All of it: there is no range, or it is ignored. */
        record Whole() implements Selection {}

        /** A range. */
        record Part(ByteRange range) implements Selection {}

        /** A range outside of the content. */
        record Unsatisfiable() implements Selection {}
    }

    /** Evaluates a {@code Range} header; several ranges and malformed ones are ignored. */
    static Selection select(@Nullable String header, long size) {
        Matcher single = SINGLE.matcher(header == null ? "" : header);
        if (!single.matches()) {
            return new Selection.Whole();
        }
        String first = single.group(1);
        String last = single.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? new Selection.Whole() : suffix(Long.parseLong(last), size);
        }
        return between(
                Long.parseLong(first), last.isEmpty() ? Optional.empty() : Optional.of(Long.parseLong(last)), size);
    }

    private static Selection suffix(long length, long size) {
        if (length == 0 || size == 0) {
            return new Selection.Unsatisfiable();
        }
        long available = Math.min(length, size);
        return new Selection.Part(new ByteRange(size - available, available));
    }

    private static Selection between(long first, Optional<Long> last, long size) {
        if (last.isPresent() && last.get() < first) {
            return new Selection.Whole();
        }
        if (first >= size) {
            return new Selection.Unsatisfiable();
        }
        long end = Math.min(last.orElse(size - 1), size - 1);
        return new Selection.Part(new ByteRange(first, end - first + 1));
    }

    /** The value of {@code Content-Range}. */
    String of(long size) {
        return "bytes " + start + "-" + (start + length - 1) + "/" + size;
    }
}
