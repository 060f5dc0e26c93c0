package io.mediakeep.federation.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.OutboundRequest;
import io.mediakeep.outbound.Purpose;
import io.mediakeep.outbound.Route;
import io.mediakeep.outbound.http.OutboundResponse;
import io.mediakeep.testing.server.RemoteHomeserver;
import io.mediakeep.testing.server.RemoteHomeserver.ReceivedRequest;
import io.mediakeep.testing.server.TestFederation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Rcode;

class ServerDiscoveryTest {
    private static final String WELL_KNOWN = "/.well-known/matrix/server";
    private static final String NEW = "_matrix-fed._tcp.";
    private static final String OLD = "_matrix._tcp.";

    @TempDir
    static Path shared;

    private static TestFederation world;
    private static SSLContext tls;
    private static SSLContext hosting;

    private RemoteHomeserver web;
    private RemoteHomeserver usual;
    private RemoteHomeserver elsewhere;

    @BeforeAll
    static void startAll() throws Exception {
        world = new TestFederation(shared);
        hosting = world.certificates().server("node.hosting.example");
        tls = world.certificates()
                .server(Stream.of(
                                "example.org", "*.table.example", "delegated.example", "lying.example", world.address())
                        .toArray(String[]::new));
        world.dns()
                .host("example.org", world.address())
                .host("delegated.example", world.address())
                .host("node.hosting.example", world.address())
                .host("lying.example", world.address())
                .host("inside.example", "10.0.0.1");
    }

    @AfterAll
    static void stopAll() throws Exception {
        world.close();
    }

    @BeforeEach
    void start() throws Exception {
        web = new RemoteHomeserver(world.address(), 0, tls);
        usual = new RemoteHomeserver(world.address(), 8448, tls);
        elsewhere = new RemoteHomeserver(world.address(), 0, tls);
        usual.respond("/hello", "{}");
        elsewhere.respond("/hello", "{}");
    }

    @AfterEach
    void stop() {
        web.close();
        usual.close();
        elsewhere.close();
    }

    /**
     * The steps of the specification: a server name, its well-known file, its current and its deprecated SRV record;
     * then the expected address, SNI and {@code Host}. A dash is nothing, IP the address of all servers, EP the port of
     * a server that only a delegation or a record names.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    IP | - | - | - | IP:8448 | - | IP
                    IP:EP | - | - | - | IP:EP | - | IP:EP
                    a.table.example:EP | never.example | a.table.example | a.table.example | IP:EP | a.table.example | a.table.example:EP
                    b.table.example | IP | - | - | IP:8448 | - | IP
                    c.table.example | IP:EP | - | - | IP:EP | - | IP:EP
                    d.table.example | d1.table.example:EP | d1.table.example | d1.table.example | IP:EP | d1.table.example | d1.table.example:EP
                    e.table.example | e1.table.example | e1.table.example | - | IP:EP | e1.table.example | e1.table.example
                    f.table.example | f1.table.example | - | f1.table.example | IP:EP | f1.table.example | f1.table.example
                    g.table.example | g1.table.example | g.table.example | g.table.example | IP:8448 | g1.table.example | g1.table.example
                    h.table.example | - | h.table.example | - | IP:EP | h.table.example | h.table.example
                    i.table.example | - | - | i.table.example | IP:EP | i.table.example | i.table.example
                    j.table.example | - | - | - | IP:8448 | j.table.example | j.table.example
                    K.Table.Example | - | k.table.example | - | IP:EP | k.table.example | k.table.example
                    """)
    void everyStepIsResolvedAsSpecified(
            String server, String delegated, String service, String oldService, String address, String sni, String host)
            throws Exception {
        if (!delegated.equals("-")) {
            web.respond(WELL_KNOWN, "{\"m.server\":\"" + real(delegated) + "\"}");
        }
        resolve(server);
        resolve(delegated);
        offer(NEW, service);
        offer(OLD, oldService);

        get(real(server));

        assertThat(Stream.concat(usual.requests().stream(), elsewhere.requests().stream()))
                .singleElement()
                .extracting(ReceivedRequest::address, ReceivedRequest::sni, ReceivedRequest::host)
                .containsExactly(real(address), sni.equals("-") ? "" : sni, real(host));
    }

    private String real(String text) {
        return text.replace("IP", world.address()).replace("EP", String.valueOf(elsewhere.port()));
    }

    private static void resolve(String server) throws IOException {
        String host = server.replace(":EP", "");
        if (host.endsWith(".example")) {
            world.dns().host(host, world.address());
        }
    }

    private void offer(String service, String name) throws IOException {
        if (!name.equals("-")) {
            world.dns().service(service + name, 10, 5, elsewhere.port(), "node.hosting.example");
        }
    }

    private void get(String server) throws IOException {
        Deadline deadline = Deadline.in(Duration.ofSeconds(20));
        try (OutboundResponse response = remote().get(
                        new ServerName(server), "/hello", url -> OutboundRequest.to(url, Purpose.MEDIA, deadline))) {
            assertThat(response.status()).isEqualTo(200);
        }
    }

    private ServerDiscovery discovery() {
        WellKnown wellKnown = new WellKnown(world.client(), ":" + web.port(), world.clock());
        return new ServerDiscovery(wellKnown, world.names(), world.random(), world.clock());
    }

    private RemoteServers remote() {
        return new RemoteServers(discovery(), world.client(), world.clock());
    }

    private List<Route> routes(String server) throws OutboundException {
        return discovery().routes(new ServerName(server));
    }

    @Test
    void theCurrentServiceNamePrecedesTheDeprecatedOne() throws IOException {
        world.dns()
                .service(NEW + "both.example", 1, 1, 1111, "new.example")
                .service(OLD + "both.example", 1, 1, 2222, "old.example");
        assertThat(routes("both.example"))
                .containsExactly(new Route("new.example", 1111, "both.example", "both.example"));
    }

    @Test
    void allTargetsAreTriedInTheirOrder() throws IOException {
        world.dns()
                .service(NEW + "example.org", 20, 0, elsewhere.port(), "node.hosting.example")
                .service(NEW + "example.org", 10, 0, 1, "node.hosting.example")
                .service(NEW + "example.org", 5, 0, 8448, "gone.example");
        assertThat(routes("example.org")).extracting(Route::port).containsExactly(8448, 1, elsewhere.port());
        get("example.org");
        assertThat(elsewhere.requests()).hasSize(1);
    }

    @Test
    void anSrvTargetOfADotMeansNoService() throws IOException {
        world.dns().service(NEW + "none.example", 0, 0, 0, ".").service(OLD + "none.example", 1, 1, 1, "old.example");
        assertThatThrownBy(() -> routes("none.example"))
                .isInstanceOfSatisfying(
                        OutboundException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.UNRESOLVED));
    }

    @Test
    void failedSrvLookupsAreNotRepeatedAtOnce() throws IOException {
        world.dns().fail(NEW + "broken.example", Rcode.SERVFAIL);
        ServerDiscovery discovery = discovery();
        Route expected = new Route("broken.example", 8448, "broken.example", "broken.example");
        assertThat(discovery.routes(new ServerName("broken.example"))).containsExactly(expected);
        long queries = queriesFor(NEW + "broken.example");
        assertThat(discovery.routes(new ServerName("broken.example"))).containsExactly(expected);
        assertThat(queriesFor(NEW + "broken.example")).isEqualTo(queries).isPositive();
    }

    private static long queriesFor(String name) {
        return world.dns().queries().stream()
                .filter(query -> query.contains(name))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", "127.1", "0x7f.1", "example.org:0", "example.org:70000", "-x.example", "[::1::2]"})
    void invalidServerNamesAreNotResolved(String server) {
        int before = world.dns().queries().size();
        assertThatThrownBy(() -> routes(server)).isInstanceOf(OutboundException.class);
        assertThat(world.dns().queries()).hasSize(before);
    }

    @Test
    void aCertificateOfTheHostingServerIsNotEnough() throws Exception {
        try (RemoteHomeserver node = new RemoteHomeserver(world.address(), 0, hosting)) {
            world.dns().service(NEW + "delegated.example", 1, 1, node.port(), "node.hosting.example");
            assertThatThrownBy(() -> get("delegated.example"))
                    .isInstanceOfSatisfying(
                            OutboundException.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.TLS));
            assertThat(node.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "127.0.0.1:1", "[::1]:1", "inside.example:1"})
    void aDelegationIntoAPrivateNetworkIsDenied(String inside) throws Exception {
        web.respond(WELL_KNOWN, "{\"m.server\":\"" + inside + "\"}");
        assertThatThrownBy(() -> get("lying.example"))
                .isInstanceOfSatisfying(
                        OutboundException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.DENIED));
    }

    @Test
    void anUnreachableServerIsNotRequestedForAWhile() throws Exception {
        RemoteServers remote = remote();
        world.dns().service(NEW + "away.example", 1, 1, 1, "node.hosting.example");
        ServerName away = new ServerName("away.example");
        assertThatThrownBy(() -> remote.json(away, "/hello")).hasMessageNotContaining("not tried again yet");
        assertThatThrownBy(() -> remote.json(away, "/hello")).hasMessageContaining("not tried again yet");
        world.clock().advance(Duration.ofSeconds(5));
        assertThatThrownBy(() -> remote.json(away, "/hello")).hasMessageNotContaining("not tried again yet");
    }
}
