package io.mediakeep.testing.server;

import io.mediakeep.federation.RemoteMedia;
import io.mediakeep.federation.RemoteSettings;
import io.mediakeep.federation.discovery.DnsResolver;
import io.mediakeep.federation.discovery.RemoteServers;
import io.mediakeep.federation.discovery.ServerDiscovery;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.outbound.OutboundSettings;
import io.mediakeep.outbound.http.OutboundClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Remote media for tests without other servers: nothing is fetched. */
public final class NoRemoteMedia {
    private NoRemoteMedia() {}

    /** No remote media, for a server of this name. */
    public static RemoteMedia media(ServerName home) {
        try (DnsResolver names = new DnsResolver(List.of());
                OutboundClient client = new OutboundClient(OutboundSettings.DEFAULTS, names)) {
            Clock clock = Clock.systemUTC();
            ServerDiscovery discovery = new ServerDiscovery(client, names, new SecureRandom(), clock);
            return new RemoteMedia(
                    home,
                    Optional.empty(),
                    new RemoteServers(discovery, client, clock),
                    client,
                    new RemoteSettings(false, 1, Duration.ofSeconds(1), List.of(), List.of()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
