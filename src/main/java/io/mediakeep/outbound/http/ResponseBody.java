package io.mediakeep.outbound.http;

import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest.Limits;
import io.mediakeep.outbound.SiteLimits.Permit;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.OptionalLong;

/** The body of a response, with its size limit. At its end, or when it is closed, the exchange ends. */
final class ResponseBody extends InputStream {
    private static final int MAX_DRAINED_BYTES = 1024;
    private static final Duration MAX_DRAIN_TIME = Duration.ofMillis(500);

    private final DecodedBody body;
    private final Limits limits;
    private final Exchange exchange;
    private final Permit permit;
    private long remaining;
    private boolean ended;
    private volatile boolean closed;

    ResponseBody(DecodedBody body, Limits limits, Exchange exchange, Permit permit) {
        this.body = body;
        this.limits = limits;
        this.exchange = exchange;
        this.permit = permit;
        this.remaining = limits.bytes();
    }

    /** The declared length. */
    OptionalLong declared() {
        return body.length();
    }

    @Override
    public int read() throws OutboundException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws OutboundException {
        if (length == 0 || ended) {
            return length == 0 ? 0 : -1;
        }
        if (closed) {
            throw new OutboundException(Kind.BAD_RESPONSE, "the body was closed before its end");
        }
        if (limits.complete() && body.length().orElse(0) > limits.bytes()) {
            throw tooLarge();
        }
        int read = remaining > 0 ? receive(buffer, offset, (int) Math.min(length, remaining)) : checkEnd();
        if (read < 0) {
            ended = true;
            close();
        }
        remaining -= Math.max(read, 0);
        return read;
    }

    private int checkEnd() throws OutboundException {
        if (limits.complete() && receive(new byte[1], 0, 1) > 0) {
            throw tooLarge();
        }
        return -1;
    }

    private int receive(byte[] buffer, int offset, int length) throws OutboundException {
        return exchange.read(body.bytes(), buffer, offset, length);
    }

    private OutboundException tooLarge() {
        return new OutboundException(Kind.TOO_LARGE, "the body is longer than " + limits.bytes() + " bytes");
    }

    /**
     * Closes the body such that its connection can be reused, if what remains is so short that it was received already.
     */
    void drainAndClose() {
        exchange.shortenDeadline(MAX_DRAIN_TIME);
        try {
            readNBytes(MAX_DRAINED_BYTES + 1);
        } catch (IOException notAvailable) {
            // the connection is not reused
        } finally {
            close();
        }
    }

    /** Does not wait for bytes that were not read. Another thread may call this while one reads, which then fails. */
    @Override
    public void close() {
        closed = true;
        exchange.end();
        permit.release();
        body.release().run();
    }
}
