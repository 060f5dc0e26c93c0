package io.mediakeep.outbound.http;

import io.mediakeep.concurrent.DaemonThreads;
import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundRequest.Limits;
import io.mediakeep.outbound.Purpose;
import io.mediakeep.outbound.RedirectStep;
import io.mediakeep.outbound.SiteLimits.Permit;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.StandardCookieSpec;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Sends one request to checked addresses of a server. */
final class RequestSender implements AutoCloseable {
    /** How many addresses of a server are tried. */
    private static final int MAX_ATTEMPTS = 4;

    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor watchdog;

    RequestSender(CloseableHttpClient client) {
        this.client = client;
        this.watchdog = new ScheduledThreadPoolExecutor(1, new DaemonThreads("outbound-watchdog"));
        watchdog.setRemoveOnCancelPolicy(true);
    }

    /** The response from the first address that accepts a connection. It holds the permit until it is closed. */
    OutboundResponse send(RedirectStep step, List<InetAddress> addresses, Permit permit) throws OutboundException {
        int tries = Math.min(addresses.size(), MAX_ATTEMPTS);
        for (InetAddress address : addresses.subList(0, tries - 1)) {
            Optional<OutboundResponse> response = trySendTo(address, step, permit);
            if (response.isPresent()) {
                return response.get();
            }
        }
        return sendTo(addresses.get(tries - 1), step, permit);
    }

    private Optional<OutboundResponse> trySendTo(InetAddress address, RedirectStep step, Permit permit)
            throws OutboundException {
        try {
            return Optional.of(sendTo(address, step, permit));
        } catch (OutboundException failure) {
            if (noConnection(failure.getCause()) && !step.request().deadline().passed()) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private static boolean noConnection(@Nullable Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof ConnectTimeoutException
                || failure instanceof NoRouteToHostException;
    }

    private OutboundResponse sendTo(InetAddress address, RedirectStep step, Permit permit) throws OutboundException {
        HttpGet get = message(step);
        Exchange exchange = new Exchange(get, step.request(), watchdog);
        boolean succeeded = false;
        try {
            HttpClientContext context = HttpClientContext.create();
            HttpRoute route = route(address, step);
            context.setAttribute(HttpClientFactory.ROUTE, route);
            context.setCookieStore(step.cookies());
            ClassicHttpResponse received = client.executeOpen(route.getTargetHost(), get, context);
            exchange.headReceived();
            OutboundResponse response = response(received, step, exchange, permit);
            succeeded = true;
            return response;
        } catch (OutboundException failure) {
            throw failure;
        } catch (IOException failure) {
            throw exchange.requestFailed(step.target(), failure);
        } finally {
            if (!succeeded) {
                exchange.end();
            }
        }
    }

    /** A connection is reused for the same name at the same address only, since both are part of its route. */
    private static HttpRoute route(InetAddress address, RedirectStep step) throws OutboundException {
        String scheme = step.target().scheme();
        HttpHost host = new HttpHost(scheme, address, step.certificateName(), step.port());
        return new HttpRoute(host, (NamedEndpoint) null, null, scheme.equals("https"));
    }

    private static HttpGet message(RedirectStep step) {
        Limits limits = step.request().limits();
        HttpGet get = new HttpGet("/");
        get.setPath(step.target().path());
        step.request().headers().forEach(get::setHeader);
        step.authorization().ifPresent(value -> get.setHeader(HttpHeaders.AUTHORIZATION, value));
        get.setHeader(HttpHeaders.HOST, step.hostHeader());
        get.setHeader(HttpHeaders.ACCEPT_ENCODING, limits.compressed() ? "gzip" : "identity");
        get.setConfig(RequestConfig.custom()
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setCookieSpec(
                        step.request().purpose() == Purpose.PREVIEW
                                ? StandardCookieSpec.RELAXED
                                : StandardCookieSpec.IGNORE)
                .setRedirectsEnabled(false)
                .setResponseTimeout(Timeout.of(limits.idle()))
                .build());
        return get;
    }

    private static OutboundResponse response(
            ClassicHttpResponse response, RedirectStep step, Exchange exchange, Permit permit) throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue());
        }
        List<String> codings = headers.getOrDefault("content-encoding", List.of());
        DecodedBody decoded = DecodedBody.of(response.getEntity(), codings, step.request());
        ResponseBody body = new ResponseBody(decoded, step.request().limits(), exchange, permit);
        return new OutboundResponse(response.getCode(), step.target().uri(), headers, body);
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
