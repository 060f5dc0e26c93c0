package io.mediakeep.app.http;

import io.mediakeep.app.http.HttpConnection.Phase;
import io.mediakeep.container.RequestIds;
import java.io.IOException;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.ChunkedTransferEncoding;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpContext;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacket;
import org.glassfish.grizzly.http.HttpPacketParsing;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.Method;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.TransferEncoding;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.http.util.MimeHeaders;

/**
 * Grizzly's HTTP filter with strict parsing: a request that violates RFC 9112 gets an error in JSON before any part of
 * it is passed on, and nothing that follows on the connection is parsed as a request.
 */
final class StrictHttpFilter extends HttpServerFilter {
    private static final int EMPTY_LINE = 2;

    private final HttpConnections connections;

    @SuppressWarnings("deprecation") // Grizzly has nothing else yet
    StrictHttpFilter(NetworkListener listener, HttpConnections connections) {
        super(
                true,
                listener.getMaxHttpHeaderSize(),
                null,
                listener.getKeepAlive(),
                null,
                listener.getMaxRequestHeaders(),
                listener.getMaxResponseHeaders());
        this.connections = connections;
        setAllowPayloadForUndefinedHttpMethods(true); // the body of a GET is discarded
        for (TransferEncoding encoding : getTransferEncodings()) {
            if (encoding instanceof ChunkedTransferEncoding) {
                removeTransferEncoding(encoding);
            }
        }
        setMaxPayloadRemainderToSkip(Long.MAX_VALUE); // limited by BodyDrains
        addTransferEncoding(new StrictChunkedEncoding(listener.getMaxHttpHeaderSize()));
    }

    @Override
    public NextAction handleAccept(FilterChainContext context) {
        if (connections.isAccepted(context.getConnection())) {
            return context.getInvokeAction();
        }
        context.getConnection().terminateSilently();
        return context.getStopAction();
    }

    @Override
    public NextAction handleRead(FilterChainContext context) throws IOException {
        HttpConnection connection = connections.of(context.getConnection());
        if (connection.is(Phase.LINGER)) {
            context.<Buffer>getMessage().tryDispose();
            return context.getStopAction();
        }
        if (connection.is(Phase.IDLE) && !skipEmptyLine(context)) {
            return context.getStopAction();
        }
        NextAction action = super.handleRead(context);
        if (connection.is(Phase.DRAIN)) {
            connections.drains().check(connection);
        }
        if (action.type() != context.getInvokeAction().type()) {
            return action;
        }
        connection.beginRequest();
        return connection.is(Phase.LINGER) ? context.getStopAction() : action;
    }

    /** Skips one empty line before a request (RFC 9112, section 2.2); returns whether anything follows. */
    private static boolean skipEmptyLine(FilterChainContext context) {
        Buffer input = context.getMessage();
        int start = input.position();
        if (input.remaining() >= EMPTY_LINE && input.get(start) == Octets.CR && input.get(start + 1) == Octets.LF) {
            input = input.split(start + EMPTY_LINE);
            context.setMessage(input);
        }
        return input.hasRemaining();
    }

    @Override
    protected boolean decodeHttpPacket(FilterChainContext context, HttpPacketParsing request, Buffer input) {
        HttpConnection connection = connections.of(context.getConnection());
        if (!RequestHead.isComplete(input, connection.headBytes(), maxHeadersSize)) {
            connection.headGrew(input.remaining());
            return false;
        }
        RequestHead.check(input);
        return super.decodeHttpPacket(context, request, input);
    }

    /**
     * Ignores {@code Upgrade}: the head has the meaning that it has without the field. Grizzly would ignore its
     * framing.
     */
    @Override
    protected void onIncomingUpgrade(FilterChainContext context, HttpHeader request) {
        request.getUpgradeDC().recycle();
    }

    @Override
    protected boolean onHttpHeaderParsed(HttpHeader header, Buffer buffer, FilterChainContext context) {
        Framing.check((HttpRequestPacket) header);
        return super.onHttpHeaderParsed(header, buffer, context);
    }

    @Override
    protected void onHttpHeaderError(HttpHeader request, FilterChainContext context, Throwable fault) {
        reject((HttpRequestPacket) request, context, status(fault));
    }

    private void reject(HttpRequestPacket request, FilterChainContext context, HttpStatus status) {
        request.setProtocol(Protocol.HTTP_1_1);
        if (request.getMethodDC().isNull()) {
            request.setMethod(Method.GET); // a malformed head has none, and Grizzly requires one
        }
        request.getProcessingState().setKeepAlive(false);
        status.setValues(request.getResponse());
        request.getResponse()
                .setHeader(RequestIds.HEADER, connections.ids().next()); // the received one may be malformed, too
        context.write(encodeHttpPacket(
                context, JsonErrorResponse.complete(request.getResponse(), context.getMemoryManager())));
        connections.of(context.getConnection()).linger();
    }

    private static HttpStatus status(Throwable fault) {
        if (fault instanceof BadRequestException rejection) {
            return rejection.status();
        }
        return fault instanceof MimeHeaders.MaxHeaderCountExceededException
                ? HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
                : HttpStatus.BAD_REQUEST_400;
    }

    /**
     * The code that reads a malformed body sends the response, or this method when there is none yet; Grizzly's own
     * response would interfere.
     */
    @Override
    protected void onHttpContentError(HttpHeader request, FilterChainContext context, Throwable fault) {
        HttpConnection connection = connections.of(context.getConnection());
        request.setContentBroken(true);
        if (connection.is(Phase.DRAIN)) {
            connection.linger();
        } else if (!connection.is(Phase.REQUEST)) {
            reject((HttpRequestPacket) request, context, HttpStatus.BAD_REQUEST_400);
        }
    }

    /**
     * Without {@code 100 Continue} the client may or may not send the body, so the connection cannot be reused (RFC
     * 9110, section 10.1.1).
     */
    @Override
    protected Buffer encodeHttpPacket(FilterChainContext context, HttpPacket packet) {
        HttpHeader header = packet.isHeader() ? (HttpHeader) packet : ((HttpContent) packet).getHttpHeader();
        HttpResponsePacket response = (HttpResponsePacket) header;
        boolean withoutContinue = response.getRequest().requiresAcknowledgement();
        if (!response.isAcknowledgement() && !response.isCommitted() && (withoutContinue || connections.ending())) {
            response.getProcessingState().setKeepAlive(false);
        }
        return super.encodeHttpPacket(context, packet);
    }

    @Override
    public NextAction handleEvent(FilterChainContext context, FilterChainEvent event) throws IOException {
        if (event.type() == RESPONSE_COMPLETE_EVENT.type()
                && context.getConnection().isOpen()) {
            HttpConnection connection = connections.of(context.getConnection());
            HttpRequestPacket request = HttpContext.get(context).getRequest();
            boolean last =
                    !request.isExpectContent() && !request.getProcessingState().isStayAlive();
            if (last || request.isContentBroken()) {
                connection.linger(); // Grizzly would close the connection at once
                return context.getStopAction();
            }
            if (request.requiresAcknowledgement()) {
                connection.linger(); // the body may follow, or the next request
            } else if (request.isExpectContent()) {
                connections.drains().begin(connection, request);
            } else {
                connection.begin(Phase.IDLE);
            }
        }
        return super.handleEvent(context, event);
    }
}
