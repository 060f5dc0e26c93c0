package io.mediakeep.outbound.http;

import io.mediakeep.outbound.Purpose;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Creates the HTTP client: it connects to given addresses only, and does nothing by itself (DNS, redirects, retries,
 * decompression).
 */
final class HttpClientFactory {
    /** The attribute of a request's context with the route to connect by: always to an address, never to a name. */
    static final String ROUTE = "mediakeep.route";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(10);
    private static final int MAX_HEADER_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 100;

    /** One TLS record, so that large bodies are not read in smaller pieces than they are sent in. */
    private static final int BUFFER_BYTES = 16 * 1024;

    private HttpClientFactory() {}

    static CloseableHttpClient create(SSLContext tls) {
        return HttpClientBuilder.create()
                .setConnectionManager(connections(tls))
                .setRoutePlanner((target, context) ->
                        (HttpRoute) Objects.requireNonNull(context.getAttribute(ROUTE), "a request without a route"))
                .setKeepAliveStrategy((response, context) -> TimeValue.of(KEEP_ALIVE))
                .evictExpiredConnections()
                .disableContentCompression() // it would decode any number of layers, offered or not, ignoring deadlines
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableConnectionState()
                .disableDefaultUserAgent()
                .build();
    }

    private static HttpClientConnectionManager connections(SSLContext tls) {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new NoResolver())
                .setTlsSocketStrategy(new DefaultClientTlsStrategy(
                        tls, HostnameVerificationPolicy.BUILTIN, NoopHostnameVerifier.INSTANCE))
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(Http1Config.custom()
                                .setBufferSize(BUFFER_BYTES)
                                .setMaxLineLength(MAX_HEADER_LINE)
                                .setMaxHeaderCount(MAX_HEADERS)
                                .build())
                        .responseParserFactory(StrictHeaderParser::new)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT_TIMEOUT))
                        .setValidateAfterInactivity(TimeValue.ZERO_MILLISECONDS)
                        .build())
                .setMaxConnTotal(purposes().mapToInt(Purpose::maxRequests).sum())
                .setMaxConnPerRoute(
                        purposes().mapToInt(Purpose::maxRequestsOfSite).sum())
                .build();
    }

    private static Stream<Purpose> purposes() {
        return Arrays.stream(Purpose.values());
    }

    /** The client never resolves names, since it would connect to unchecked addresses. */
    private static final class NoResolver implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }

        @Override
        public String resolveCanonicalHostname(String host) throws UnknownHostException {
            throw new UnknownHostException(host);
        }
    }
}
