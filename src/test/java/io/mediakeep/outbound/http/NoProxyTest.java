package io.mediakeep.outbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.testing.server.RawServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy of the JVM ({@code -Dhttp.proxyHost}) receives neither tokens nor requests. */
class NoProxyTest {
    private final ProxySelector before = ProxySelector.getDefault();
    private RawServer proxy;
    private RawServer server;

    @BeforeEach
    void start() throws IOException {
        proxy = RawServer.responding("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nproxy");
        server = RawServer.responding("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nserver");
        ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress("127.0.0.1", proxy.port())));
    }

    @AfterEach
    void stop() throws IOException {
        ProxySelector.setDefault(before);
        proxy.close();
        server.close();
    }

    @Test
    void receivesNoTokens() {
        try (OperatorClient client = new OperatorClient(Duration.ofSeconds(20))) {
            URI whoami = URI.create("http://127.0.0.1:" + server.port() + "/whoami");
            assertThat(client.get(whoami, "secret").join().body()).isEqualTo("server");
        }
        assertThat(proxy.heads()).isEmpty();
    }

    @Test
    void receivesNoRequestsToOtherServers() throws IOException {
        try (TestOutboundClient client = new TestOutboundClient(new TestResolver())) {
            assertThat(client.read(TestOutboundClient.to("http://127.0.0.1:" + server.port() + "/")))
                    .isEqualTo("server");
        }
        assertThat(proxy.heads()).isEmpty();
    }
}
