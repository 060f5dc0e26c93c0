package io.mediakeep.app.http;

import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.http.HttpBrokenContentException;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.ParsingResult;
import org.jspecify.annotations.Nullable;

/**
 * One chunked body while it comes (RFC 9112, section 7.1). Extensions and trailers are checked and dropped. The data of
 * chunks is handed on as it is; only what lies between is looked at byte by byte.
 */
final class ChunkedBody {
    private static final int MOST_DIGITS = 15;
    private static final int LONGEST_EXTENSION = 1024;
    private static final int LONGEST_TRAILER = 8 * 1024;

    /** What is expected next. */
    private enum Part {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER,
        TRAILER_NAME,
        TRAILER_VALUE,
        TRAILER_LF,
        LAST_LF,
        END
    }

    private Part part = Part.SIZE;
    private long left;
    private int length;

    /** Takes what has come; answers the data at its beginning, and what is left of it. */
    ParsingResult read(HttpHeader request, Buffer input) {
        while (input.hasRemaining() && part != Part.DATA && part != Part.END) {
            part = after(input.get());
        }
        if (part == Part.END) {
            return ParsingResult.create(request.httpContentBuilder().last(true).build(), rest(input));
        }
        return input.hasRemaining() ? data(request, input) : ParsingResult.create(null, null);
    }

    private ParsingResult data(HttpHeader request, Buffer input) {
        @Nullable Buffer rest = input.remaining() > left ? input.split(input.position() + (int) left) : null;
        left -= input.remaining();
        if (left == 0) {
            part = Part.DATA_CR;
        }
        return ParsingResult.create(request.httpContentBuilder().content(input).build(), rest);
    }

    /** The next request: Grizzly expects it at the beginning of a buffer. */
    private static @Nullable Buffer rest(Buffer input) {
        return input.hasRemaining() ? input.split(input.position()) : null;
    }

    private Part after(byte octet) {
        return switch (part) {
            case SIZE -> size(octet);
            case EXTENSION -> octet == Octets.CR ? Part.SIZE_LF : content(octet, LONGEST_EXTENSION);
            case SIZE_LF -> sized(octet);
            case DATA_CR -> expect(octet, Octets.CR, Part.DATA_LF);
            case DATA_LF -> expect(octet, Octets.LF, Part.SIZE);
            case TRAILER -> octet == Octets.CR ? Part.LAST_LF : name(octet);
            case TRAILER_NAME -> octet == Octets.COLON ? Part.TRAILER_VALUE : name(octet);
            case TRAILER_VALUE -> octet == Octets.CR ? Part.TRAILER_LF : content(octet, LONGEST_TRAILER);
            case TRAILER_LF -> expect(octet, Octets.LF, Part.TRAILER);
            case LAST_LF -> expect(octet, Octets.LF, Part.END);
            case DATA, END -> throw new IllegalStateException("no octet of the framing");
        };
    }

    private Part size(byte octet) {
        int digit = Character.digit(octet, 16);
        if (digit >= 0) {
            left = left << 4 | digit;
            length++;
            return length <= MOST_DIGITS ? Part.SIZE : broken();
        }
        if (length == 0) {
            return broken();
        }
        return octet == ';' ? Part.EXTENSION : expect(octet, Octets.CR, Part.SIZE_LF);
    }

    private Part sized(byte octet) {
        length = 0;
        return expect(octet, Octets.LF, left == 0 ? Part.TRAILER : Part.DATA);
    }

    private Part name(byte octet) {
        length++;
        return Octets.isToken(octet) && length <= LONGEST_TRAILER ? Part.TRAILER_NAME : broken();
    }

    private Part content(byte octet, int longest) {
        length++;
        return Octets.isFieldContent(octet) && length <= longest ? part : broken();
    }

    private static Part expect(byte octet, byte expected, Part next) {
        return octet == expected ? next : broken();
    }

    private static Part broken() {
        throw new HttpBrokenContentException("This is no chunk");
    }
}
