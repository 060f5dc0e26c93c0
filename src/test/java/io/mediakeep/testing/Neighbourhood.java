package io.mediakeep.testing;

import io.mediakeep.federation.RemoteMedia;
import io.mediakeep.federation.RemoteSettings;
import io.mediakeep.federation.discovery.DnsResolver;
import io.mediakeep.federation.discovery.RemoteServers;
import io.mediakeep.federation.discovery.ServerDiscovery;
import io.mediakeep.federation.keys.KeyRing;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.outbound.OutboundSettings;
import io.mediakeep.outbound.http.OutboundClient;
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
 * A small world of homeservers on loopback, with name service and certificates of its own, and our way to them. All of
 * it lies at one address, the only one that we may talk to.
 */
public final class Neighbourhood implements AutoCloseable {
    private final RandomGenerator random = new Random();
    private final MovableClock clock = new MovableClock();
    private final String address = RemoteHomeserver.ownAddress(random);
    private final TestDns dns = new TestDns();
    private final TestCertificates certificates;
    private final DnsResolver names = new DnsResolver(List.of(dns.address()));
    private final OutboundClient client;

    /** @param folder for certificates */
    public Neighbourhood(Path folder) throws Exception {
        this.certificates = new TestCertificates(folder);
        OutboundSettings settings =
                new OutboundSettings(List.of(), List.of(address), Optional.of(certificates.authority()));
        this.client = new OutboundClient(settings, names);
    }

    /** The configuration, in YAML, with which a server finds its way about here and meets nobody else. */
    public String yaml(String... allowed) {
        String networks = Stream.concat(Stream.of(address), Arrays.stream(allowed))
                .map(network -> "'" + network + "'")
                .collect(Collectors.joining(", "));
        return "outbound:\n  allowed-networks: [" + networks + "]\n  trusted-certificates: " + certificates.authority()
                + "\n  name-servers: ['" + dns.address() + "']";
    }

    /** The same as environment variables. */
    public Map<String, String> variables() {
        return Map.of(
                "MEDIAKEEP_REMOTE_ENABLED",
                "true",
                "MEDIAKEEP_OUTBOUND_ALLOWED_NETWORKS",
                address,
                "MEDIAKEEP_OUTBOUND_TRUSTED_CERTIFICATES",
                certificates.authority().toString(),
                "MEDIAKEEP_OUTBOUND_NAME_SERVERS",
                dns.address());
    }

    /** The address of everybody. */
    public String address() {
        return address;
    }

    /** The time. */
    public MovableClock clock() {
        return clock;
    }

    /** Chance. */
    public RandomGenerator random() {
        return random;
    }

    /** What the name service says. */
    public TestDns dns() {
        return dns;
    }

    /** Who certifies servers. */
    public TestCertificates certificates() {
        return certificates;
    }

    /** Our name servers. */
    public DnsResolver names() {
        return names;
    }

    /** Our door to the world. */
    public OutboundClient client() {
        return client;
    }

    /** The media of these servers, asked for the old way, as a server sees it that has no key. */
    public RemoteMedia mediaSeenFrom(ServerName home, long maxSize) {
        RemoteSettings settings = new RemoteSettings(true, maxSize, Duration.ofSeconds(20), List.of(), List.of());
        return new RemoteMedia(home, Optional.empty(), remoteServers(), client(), settings);
    }

    /** Our way to homeservers, which knows nobody yet. */
    public RemoteServers remoteServers() {
        return new RemoteServers(new ServerDiscovery(client, names, random, clock), client, clock);
    }

    /** Other homeservers' keys, of which it knows none yet; refreshes run at once. */
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
