package io.mediakeep.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.config.ListenSettings;
import io.mediakeep.container.RequestIds;
import io.mediakeep.limits.TrustedProxies;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.server.RawConnection;
import java.lang.reflect.Proxy;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.AttributeHolder;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The timeouts and limits of connections, so small that a test can wait for them. */
class HttpConnectionsTest {
    private static final Duration SOON = Duration.ofMillis(200), LATE = Duration.ofSeconds(50);
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String POST = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n";
    private static final String TOKEN = "Authorization: Bearer any\r\n";

    private final HttpServer server = new HttpServer();
    private HttpConnections connections;

    @AfterEach
    void stop() {
        connections.close();
        server.shutdownNow();
    }

    @Test
    void theTimeoutOfHeadersAppliesToNewAndToReusedConnections() throws Exception {
        serve(new HttpTimeouts(LATE, SOON, SOON), unlimited());
        try (RawConnection fresh = connect();
                RawConnection used = connect()) {
            assertThat(used.send(GET).head()).startsWith("HTTP/1.1 200 ");
            fresh.send("GET / ");
            used.send("GET / ");
            assertThat(fresh.rest()).isEmpty();
            assertThat(used.rest()).isEqualTo("");
        }
    }

    @Test
    void anIdleConnectionIsClosed() throws Exception {
        serve(new HttpTimeouts(SOON, LATE, SOON), unlimited());
        try (RawConnection fresh = connect();
                RawConnection used = connect()) {
            assertThat(used.send(GET).head()).startsWith("HTTP/1.1 200 ");
            assertThat(fresh.rest()).isEmpty();
            assertThat(used.rest()).isEmpty();
        }
    }

    @Test
    void aConnectionAboveTheLimitWaitsUntilAnotherIsClosed() throws Exception {
        serve(new HttpTimeouts(LATE, LATE, SOON), unlimited(), 2, 10);
        List<RawConnection> two = List.of(connect(), connect());
        try (RawConnection third = connect().send(GET);
                RawConnection fourth = connect().send(GET)) {
            for (RawConnection connection : two) {
                assertThat(connection.send(GET).head()).startsWith("HTTP/1.1 200 ");
            }
            two.get(0).close();
            assertThat(third.head()).startsWith("HTTP/1.1 200 ");
            two.get(1).close();
            assertThat(fourth.head()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aConnectionAboveTheLimitOfAnAddressIsClosedAtOnce() throws Exception {
        serve(new HttpTimeouts(LATE, LATE, SOON), unlimited(), 10, 2);
        List<RawConnection> two = List.of(connect(), connect());
        for (RawConnection connection : two) {
            assertThat(connection.send(GET).head()).startsWith("HTTP/1.1 200 ");
        }
        try (RawConnection third = connect()) {
            assertThat(third.countToEnd()).isZero();
        }
        two.get(0).close();
        Eventually.holds(() -> assertThat(isServed()).isTrue());
        two.get(1).close();
    }

    @Test
    void aRejectedBodyWithoutATokenIsDrainedForAShortTime() throws Exception {
        serve(new HttpTimeouts(LATE, LATE, SOON), new DrainLimits(LATE, SOON, Long.MAX_VALUE, 0, 1000, 1000));
        endsAfter(POST + "\r\n");
    }

    @Test
    void aRejectedBodyWithATokenIsDrainedForALimitedTime() throws Exception {
        serve(new HttpTimeouts(LATE, LATE, SOON), new DrainLimits(SOON, LATE, Long.MAX_VALUE, 0, 1000, 1000));
        endsAfter(POST + TOKEN + "\r\n");
    }

    @Test
    void aTooSlowBodyIsNotDrained() throws Exception {
        serve(new HttpTimeouts(LATE, LATE, SOON), new DrainLimits(LATE, Duration.ZERO, Long.MAX_VALUE, 1, 1000, 1000));
        endsAfter(POST + TOKEN + "\r\n");
    }

    @Test
    void aDrainIsLimitedInSize() throws Exception {
        serve(new HttpTimeouts(LATE, LATE, SOON), new DrainLimits(LATE, LATE, 1000, 0, 1000, 1000));
        endsAfter(POST + TOKEN + "\r\n", "x".repeat(2000));
    }

    @Test
    void aDrainIsShorterWhenTheAddressHasOthers() throws Exception {
        serve(new HttpTimeouts(LATE, LATE, SOON), new DrainLimits(LATE, SOON, Long.MAX_VALUE, 0, 1000, 0));
        endsAfter(POST + TOKEN + "\r\n");
    }

    @Test
    void theOldestDrainIsEndedWhenThereAreTooMany() throws Exception {
        serve(new HttpTimeouts(LATE, LATE, SOON), new DrainLimits(LATE, LATE, Long.MAX_VALUE, 0, 10, 1000));
        List<RawConnection> many = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            RawConnection connection = connect().send(POST + TOKEN + "\r\n");
            assertThat(connection.head()).startsWith("HTTP/1.1 200 ");
            many.add(connection);
            assertThat(connections.drains().count()).isLessThanOrEqualTo(10);
        }
        assertThat(many.get(0).rest()).isEmpty();
        for (RawConnection connection : many) {
            connection.close();
        }
        Eventually.holds(() -> assertThat(connections.drains().count()).isZero());
    }

    @Test
    void drainsWithoutTokenAreEndedFirst() throws Exception {
        serve(new HttpTimeouts(LATE, LATE, SOON), new DrainLimits(LATE, LATE, Long.MAX_VALUE, 0, 2, 2));
        try (RawConnection first = connect().send(POST + TOKEN + "\r\n");
                RawConnection unauthenticated = connect()) {
            assertThat(first.head()).startsWith("HTTP/1.1 200 ");
            unauthenticated.send(POST + "\r\n");
            assertThat(unauthenticated.head()).startsWith("HTTP/1.1 200 ");
            try (RawConnection another = connect().send(POST + "\r\n")) {
                assertThat(another.head()).startsWith("HTTP/1.1 200 ");
                assertThat(unauthenticated.rest()).isEmpty();
                assertThat(connections.drains().count()).isEqualTo(2);
                first.send("x".repeat(1_000_000) + GET);
                assertThat(first.head()).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    /** Otherwise no connection would time out any more. */
    @Test
    void theTimerContinuesAfterAnyFailure() throws Exception {
        serve(new HttpTimeouts(SOON, SOON, SOON), unlimited());
        AttributeHolder attributes = Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createSafeAttributeHolder();
        connections.accept((Connection<?>) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "getAttributes" -> attributes;
                        case "getPeerAddress" -> null;
                        default -> throw new StackOverflowError("planted");
                    };
                }));
        for (int i = 0; i < 3; i++) {
            try (RawConnection connection = connect()) {
                assertThat(connection.rest()).isEmpty();
            }
        }
    }

    /** The response is received, and then the end of the connection, while the client is still sending. */
    private void endsAfter(String head, String... body) throws Exception {
        try (RawConnection connection = connect()) {
            connection.send(head);
            assertThat(connection.head()).startsWith("HTTP/1.1 200 ");
            connection.send(String.join("", body));
            assertThat(connection.rest()).isEmpty();
        }
    }

    private boolean isServed() throws Exception {
        try (RawConnection next = connect()) {
            return next.send(GET).head().startsWith("HTTP/1.1 200 ");
        } catch (SocketException rejected) {
            return false;
        }
    }

    private static DrainLimits unlimited() {
        return new DrainLimits(LATE, LATE, Long.MAX_VALUE, 0, 1000, 1000);
    }

    private void serve(HttpTimeouts timeouts, DrainLimits drains) throws Exception {
        serve(timeouts, drains, 2000, 2000);
    }

    private RawConnection connect() throws Exception {
        int port = server.getListener("test").getPort();
        return new RawConnection(URI.create("http://127.0.0.1:" + port));
    }

    private void serve(HttpTimeouts timeouts, DrainLimits drains, int max, int maxPerAddress) throws Exception {
        ConnectionLimits limits = new ConnectionLimits(
                new ListenSettings("127.0.0.1", 0, max, maxPerAddress), new TrustedProxies(List.of()));
        connections = new HttpConnections(limits, timeouts, drains, new RequestIds(new Random()));
        NetworkListener listener = new NetworkListener("test", "127.0.0.1", 0);
        listener.setMaxHttpHeaderSize(16 * 1024);
        listener.registerAddOn(connections);
        server.addListener(listener);
        server.getServerConfiguration().addHttpHandler(new HttpHandler() {
            @Override
            public void service(Request request, Response response) {
                response.setContentLength(0);
            }
        });
        server.start();
    }
}
