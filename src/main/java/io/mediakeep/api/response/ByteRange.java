package io.mediakeep.api.response;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of a body that is sent (RFC 9110, section 14).
 *
 * @param start the first byte, counted from 0
 * @param length how many bytes
 */
record ByteRange(long start, long length) {
    private static final Pattern SINGLE =
            Pattern.compile("bytes=\\s*([0-9]{0,18})-([0-9]{0,18})\\s*", Pattern.CASE_INSENSITIVE);

    /** What became of a {@code Range} header. */
    sealed interface Selection {
        /** All of it: no range was asked for, or one that may be ignored. */
        record Whole() implements Selection {}

        /** A part of it. */
        record Part(ByteRange range) implements Selection {}

        /** A part that is not there. */
        record Unsatisfiable() implements Selection {}
    }

    /** What a {@code Range} header asks of a body; several ranges and nonsense ask for all of it. */
    static Selection asked(@Nullable String header, long size) {
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
        long there = Math.min(length, size);
        return new Selection.Part(new ByteRange(size - there, there));
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
