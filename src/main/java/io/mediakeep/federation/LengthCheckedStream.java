package io.mediakeep.federation;

import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** A stream that must have the declared length, and at most a maximum. */
final class LengthCheckedStream extends FilterInputStream {
    private final OptionalLong declared;
    private final long maxBytes;
    private long count;
    private boolean ended;

    /** Rejects a declared length above the maximum with {@link Kind#TOO_LARGE} at once. */
    LengthCheckedStream(InputStream bytes, OptionalLong declared, long maxBytes) throws OutboundException {
        super(bytes);
        this.declared = declared;
        this.maxBytes = maxBytes;
        if (declared.orElse(0) > maxBytes) {
            throw tooLarge();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        count += Math.max(0, read);
        ended = read < 0;
        if (count > maxBytes) {
            throw tooLarge();
        }
        if (declared.isPresent() && (count > declared.getAsLong() || (read < 0 && count < declared.getAsLong()))) {
            throw new OutboundException(Kind.BAD_RESPONSE, "not of the declared length");
        }
        return read;
    }

    /** Whether the end was reached. */
    boolean ended() {
        return ended;
    }

    private OutboundException tooLarge() {
        return new OutboundException(Kind.TOO_LARGE, "longer than " + maxBytes + " bytes");
    }
}
