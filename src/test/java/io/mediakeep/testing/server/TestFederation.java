package io.mediakeep.testing.server;

import io.mediakeep.federation.RemoteMedia;
import io.mediakeep.federation.RemoteSettings;
import io.mediakeep.federation.discovery.DnsResolver;
import io.mediakeep.federation.discovery.RemoteServers;
import io.mediakeep.federation.discovery.ServerDiscovery;
import io.mediakeep.federation.keys.KeyRing;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.outbound.OutboundSettings;
import io.mediakeep.outbound.http.OutboundClient;
import io.mediakeep.testing.MutableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A federation of test homeservers on loopback, with its own DNS and certificate authority, and the client side that
 * connects to it. All servers have one address, the only one that the client may connect to.
 */
public final class TestFederation implements AutoCloseable {
    private final RandomGenerator random = new Random();
    private final MutableClock clock = new MutableClock();
    private final String address = RemoteHomeserver.ownAddress(random);
    private final TestDns dns = new TestDns();
    private final TestCertificates certificates;
    private final DnsResolver names = new DnsResolver(List.of(dns.address()));
    private final OutboundClient client;

    /** @param directory for certificates */
    public TestFederation(Path directory) throws Exception {
        this.certificates = new TestCertificates(directory);
        OutboundSettings settings =
                new OutboundSettings(List.of(), List.of(address), Optional.of(certificates.authority()));
        this.client = new OutboundClient(settings, names);
    }

    /** The configuration, in YAML, of a server that can reach this federation and nothing else. */
    public String yaml(String... allowed) {
        String networks = Stream.concat(Stream.of(address), Arrays.stream(allowed))
                .map(network -> "'" + network + "'")
                .collect(Collectors.joining(", "));
        return "outbound:\n  allowed-networks: [" + networks + "]\n  trusted-certificates: " + certificates.authority()
                + "\n  name-servers: ['" + dns.address() + "']";
    }

    /** The same as configuration keys and values. */
    public Map<String, String> settings() {
        return Map.of(
                "remote.enabled",
                "true",
                "outbound.allowed-networks",
                address,
                "outbound.trusted-certificates",
                certificates.authority().toString(),
                "outbound.name-servers",
                dns.address());
    }

    /** The address of all servers. */
    public String address() {
        return address;
    }

    /** The clock of the client side. */
    public MutableClock clock() {
        return clock;
    }

    /** The random generator of the client side. */
    public RandomGenerator random() {
        return random;
    }

    /** The name server. */
    public TestDns dns() {
        return dns;
    }

    /** The certificate authority. */
    public TestCertificates certificates() {
        return certificates;
    }

    /** The resolver of the client side. */
    public DnsResolver names() {
        return names;
    }

    /** The HTTP client of the client side. */
    public OutboundClient client() {
        return client;
    }

    /** The media of these servers through the unauthenticated endpoints, as for a server without a signing key. */
    public RemoteMedia unsignedMedia(ServerName home, long maxSize) {
        RemoteSettings settings = new RemoteSettings(true, maxSize, Duration.ofSeconds(20), List.of(), List.of());
        return new RemoteMedia(home, Optional.empty(), remoteServers(), client(), settings);
    }

    /** A connection to homeservers with empty caches. */
    public RemoteServers remoteServers() {
        return new RemoteServers(new ServerDiscovery(client, names, random, clock), client, clock);
    }

    /** An empty cache of signing keys; refreshes run at once. */
    public KeyRing keyRing() {
        return new KeyRing(remoteServers(), clock, Runnable::run);
    }

    @Override
    public void close() throws IOException {
        client.close();
        names.close();
        dns.close();
    }
}
