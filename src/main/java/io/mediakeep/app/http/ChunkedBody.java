package io.mediakeep.app.http;

import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.http.HttpBrokenContentException;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.ParsingResult;
import org.jspecify.annotations.Nullable;

/**
 * Parses one chunked body (RFC 9112, section 7.1) while it is received. Extensions and trailers are validated and
 * discarded. The data of chunks is passed on without a copy; only the framing is parsed byte by byte.
 */
final class ChunkedBody {
    private static final int MAX_DIGITS = 15;
    private static final int MAX_EXTENSION = 1024;
    private static final int MAX_TRAILER = 8 * 1024;

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
    private long remaining;
    private int length;

    /** Parses received bytes; returns the data at their beginning, and the rest. */
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
        @Nullable Buffer rest = input.remaining() > remaining ? input.split(input.position() + (int) remaining) : null;
        remaining -= input.remaining();
        if (remaining == 0) {
            part = Part.DATA_CR;
        }
        return ParsingResult.create(request.httpContentBuilder().content(input).build(), rest);
    }

    /** The next request, which Grizzly expects at the beginning of a buffer. */
    private static @Nullable Buffer rest(Buffer input) {
        return input.hasRemaining() ? input.split(input.position()) : null;
    }

    private Part after(byte octet) {
        return switch (part) {
            case SIZE -> size(octet);
            case EXTENSION -> octet == Octets.CR ? Part.SIZE_LF : content(octet, MAX_EXTENSION);
            case SIZE_LF -> sized(octet);
            case DATA_CR -> expect(octet, Octets.CR, Part.DATA_LF);
            case DATA_LF -> expect(octet, Octets.LF, Part.SIZE);
            case TRAILER -> octet == Octets.CR ? Part.LAST_LF : name(octet);
            case TRAILER_NAME -> octet == Octets.COLON ? Part.TRAILER_VALUE : name(octet);
            case TRAILER_VALUE -> octet == Octets.CR ? Part.TRAILER_LF : content(octet, MAX_TRAILER);
            case TRAILER_LF -> expect(octet, Octets.LF, Part.TRAILER);
            case LAST_LF -> expect(octet, Octets.LF, Part.END);
            case DATA, END -> throw new IllegalStateException("not an octet of the framing");
        };
    }

    private Part size(byte octet) {
        int digit = Character.digit(octet, 16);
        if (digit >= 0) {
            remaining = remaining << 4 | digit;
            length++;
            return length <= MAX_DIGITS ? Part.SIZE : malformed();
        }
        if (length == 0) {
            return malformed();
        }
        return octet == ';' ? Part.EXTENSION : expect(octet, Octets.CR, Part.SIZE_LF);
    }

    private Part sized(byte octet) {
        length = 0;
        return expect(octet, Octets.LF, remaining == 0 ? Part.TRAILER : Part.DATA);
    }

    private Part name(byte octet) {
        length++;
        return Octets.isToken(octet) && length <= MAX_TRAILER ? Part.TRAILER_NAME : malformed();
    }

    private Part content(byte octet, int max) {
        length++;
        return Octets.isFieldContent(octet) && length <= max ? part : malformed();
    }

    private static Part expect(byte octet, byte expected, Part next) {
        return octet == expected ? next : malformed();
    }

    private static Part malformed() {
        throw new HttpBrokenContentException("Malformed chunk");
    }
}
