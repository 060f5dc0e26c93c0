package io.mediakeep.outbound;

import io.mediakeep.outbound.OutboundException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.jspecify.annotations.Nullable;

/** What an exception from the network means. */
final class Failures {
    private Failures() {}

    /** Whether there was no connection at all, so that another address may be tried. */
    static boolean noConnection(@Nullable Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof ConnectTimeoutException
                || failure instanceof NoRouteToHostException;
    }

    /** While an answer was awaited. */
    static OutboundException awaiting(IOException failure, Exchange exchange, Hop hop) {
        Kind kind = Kind.BAD_ANSWER;
        if (exchange.late() || failure instanceof SocketTimeoutException) {
            kind = Kind.TIMEOUT;
        } else if (failure instanceof SSLException) {
            kind = Kind.TLS;
        } else if (failure instanceof SocketException || failure instanceof NoHttpResponseException) {
            kind = Kind.UNREACHABLE;
        }
        return new OutboundException(kind, hop.target().uri() + ": " + failure, failure);
    }

    /** While the body was read: it is late, or it is not whole. */
    static OutboundException reading(IOException failure, Exchange exchange) {
        boolean slow = exchange.late() || failure instanceof SocketTimeoutException;
        return new OutboundException(slow ? Kind.TIMEOUT : Kind.BAD_ANSWER, "the body: " + failure, failure);
    }
}
