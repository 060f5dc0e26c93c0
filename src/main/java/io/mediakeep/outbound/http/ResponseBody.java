package io.mediakeep.outbound.http;

import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest.Limits;
import io.mediakeep.outbound.SiteLimits.Permit;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;

/** The bytes of an answer, counted as they are read. At their end, or when it is closed, the exchange is over. */
final class ResponseBody extends InputStream {
    private static final int MOST_LEFT = 1024;
    private static final Duration LONGEST_SETTLING = Duration.ofMillis(500);

    private final DecodedBody decoded;
    private final Limits limits;
    private final Exchange exchange;
    private final Permit place;
    private long left;
    private boolean atItsEnd;
    private volatile boolean closed;

    ResponseBody(DecodedBody decoded, Limits limits, Exchange exchange, Permit place) {
        this.decoded = decoded;
        this.limits = limits;
        this.exchange = exchange;
        this.place = place;
        this.left = limits.bytes();
    }

    /** What the server says the length is. */
    OptionalLong declared() {
        return decoded.length();
    }

    @Override
    public int read() throws OutboundException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws OutboundException {
        if (length == 0 || atItsEnd) {
            return length == 0 ? 0 : -1;
        }
        if (closed) {
            throw new OutboundException(Kind.BAD_ANSWER, "the body was closed before its end");
        }
        if (limits.whole() && decoded.length().orElse(0) > limits.bytes()) {
            throw tooLarge();
        }
        int read = left > 0 ? receive(buffer, offset, (int) Math.min(length, left)) : pastTheLimit();
        if (read < 0) {
            atItsEnd = true;
            close();
        }
        left -= Math.max(read, 0);
        return read;
    }

    private int pastTheLimit() throws OutboundException {
        if (limits.whole() && receive(new byte[1], 0, 1) > 0) {
            throw tooLarge();
        }
        return -1;
    }

    private int receive(byte[] buffer, int offset, int length) throws OutboundException {
        return exchange.read(decoded.bytes(), buffer, offset, length);
    }

    private OutboundException tooLarge() {
        return new OutboundException(Kind.TOO_LARGE, "the body is longer than " + limits.bytes() + " bytes");
    }

    /**
     * Closes it such that its connection can be used again, if so little is left that it has come with the rest.
     */
    void settle() {
        exchange.hurry(LONGEST_SETTLING);
        try {
            readNBytes(MOST_LEFT + 1);
        } catch (IOException notToBeHad) {
            // then the connection is of no more use
        } finally {
            close();
        }
    }

    /** Does not wait for what has not been read. Another thread may do this to one that reads, which then fails. */
    @Override
    public void close() {
        closed = true;
        exchange.end();
        place.leave();
        decoded.release().run();
    }
}
