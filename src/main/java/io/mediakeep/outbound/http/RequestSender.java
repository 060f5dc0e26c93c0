package io.mediakeep.outbound.http;

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

/** Asks one server one thing, at addresses that were checked. */
final class RequestSender implements AutoCloseable {
    /** How many addresses of a server are tried before it counts as unreachable. */
    private static final int MOST_TRIES = 4;

    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor watchdog;

    RequestSender(CloseableHttpClient client) {
        this.client = client;
        this.watchdog = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "outbound-watchdog");
            thread.setDaemon(true);
            return thread;
        });
        watchdog.setRemoveOnCancelPolicy(true);
    }

    /** The answer from the first address that takes a connection. It keeps the place until it is closed. */
    OutboundResponse ask(RedirectStep hop, List<InetAddress> addresses, Permit place) throws OutboundException {
        int tries = Math.min(addresses.size(), MOST_TRIES);
        for (InetAddress address : addresses.subList(0, tries - 1)) {
            Optional<OutboundResponse> answer = tryAt(address, hop, place);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        return askAt(addresses.get(tries - 1), hop, place);
    }

    private Optional<OutboundResponse> tryAt(InetAddress address, RedirectStep hop, Permit place)
            throws OutboundException {
        try {
            return Optional.of(askAt(address, hop, place));
        } catch (OutboundException failure) {
            if (noConnection(failure.getCause()) && !hop.request().deadline().passed()) {
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

    private OutboundResponse askAt(InetAddress address, RedirectStep hop, Permit place) throws OutboundException {
        HttpGet get = message(hop);
        Exchange exchange = new Exchange(get, hop.request(), watchdog);
        boolean answered = false;
        try {
            HttpClientContext context = HttpClientContext.create();
            HttpRoute route = route(address, hop);
            context.setAttribute(HttpClientFactory.ROUTE, route);
            context.setCookieStore(hop.cookies());
            ClassicHttpResponse response = client.executeOpen(route.getTargetHost(), get, context);
            exchange.headCame();
            OutboundResponse answer = answer(response, hop, exchange, place);
            answered = true;
            return answer;
        } catch (OutboundException failure) {
            throw failure;
        } catch (IOException failure) {
            throw exchange.failedAsking(hop.target(), failure);
        } finally {
            if (!answered) {
                exchange.end();
            }
        }
    }

    /** A connection is used again only for the same name at the same address, since both are part of its route. */
    private static HttpRoute route(InetAddress address, RedirectStep hop) throws OutboundException {
        String scheme = hop.target().scheme();
        HttpHost host = new HttpHost(scheme, address, hop.certificateName(), hop.port());
        return new HttpRoute(host, (NamedEndpoint) null, null, scheme.equals("https"));
    }

    private static HttpGet message(RedirectStep hop) {
        Limits limits = hop.request().limits();
        HttpGet get = new HttpGet("/");
        get.setPath(hop.target().path());
        hop.request().headers().forEach(get::setHeader);
        hop.authorization().ifPresent(value -> get.setHeader(HttpHeaders.AUTHORIZATION, value));
        get.setHeader(HttpHeaders.HOST, hop.hostHeader());
        get.setHeader(HttpHeaders.ACCEPT_ENCODING, limits.compressed() ? "gzip" : "identity");
        get.setConfig(RequestConfig.custom()
                .setAuthenticationEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .setCookieSpec(
                        hop.request().purpose() == Purpose.PREVIEW
                                ? StandardCookieSpec.RELAXED
                                : StandardCookieSpec.IGNORE)
                .setRedirectsEnabled(false)
                .setResponseTimeout(Timeout.of(limits.idle()))
                .build());
        return get;
    }

    private static OutboundResponse answer(
            ClassicHttpResponse response, RedirectStep hop, Exchange exchange, Permit place) throws IOException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (Header header : response.getHeaders()) {
            headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(header.getValue());
        }
        List<String> codings = headers.getOrDefault("content-encoding", List.of());
        DecodedBody decoded = DecodedBody.of(response.getEntity(), codings, hop.request());
        ResponseBody body = new ResponseBody(decoded, hop.request().limits(), exchange, place);
        return new OutboundResponse(response.getCode(), hop.target().uri(), headers, body);
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
