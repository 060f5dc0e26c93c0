package io.mediakeep.federation;

import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundException.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** The bytes of a file that must be as many as its sender said, and not more than we take. */
final class LengthCheckedStream extends FilterInputStream {
    private final OptionalLong declared;
    private final long most;
    private long count;
    private boolean atTheirEnd;

    /** Refuses with {@link Kind#TOO_LARGE} at once what says of itself that it is too long. */
    LengthCheckedStream(InputStream bytes, OptionalLong declared, long most) throws OutboundException {
        super(bytes);
        this.declared = declared;
        this.most = most;
        if (declared.orElse(0) > most) {
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
        atTheirEnd = read < 0;
        if (count > most) {
            throw tooLarge();
        }
        if (declared.isPresent() && (count > declared.getAsLong() || (read < 0 && count < declared.getAsLong()))) {
            throw new OutboundException(Kind.BAD_ANSWER, "not as long as it said");
        }
        return read;
    }

    /** Whether all of them were read. */
    boolean atTheirEnd() {
        return atTheirEnd;
    }

    private OutboundException tooLarge() {
        return new OutboundException(Kind.TOO_LARGE, "longer than " + most + " bytes");
    }
}
