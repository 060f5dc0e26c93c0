package io.mediakeep.app;

import io.mediakeep.concurrent.Workers;
import io.mediakeep.config.Config;
import io.mediakeep.federation.RemoteMedia;
import io.mediakeep.federation.discovery.DnsResolver;
import io.mediakeep.federation.discovery.RemoteServers;
import io.mediakeep.federation.discovery.ServerDiscovery;
import io.mediakeep.federation.keys.KeyRing;
import io.mediakeep.federation.signing.SigningKey;
import io.mediakeep.outbound.Resolver;
import io.mediakeep.outbound.http.OutboundClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.random.RandomGenerator;

/** The client for other servers, their keys, and their media. */
final class FederationAssembly {
    /** How many homeservers may be requested for refreshed keys at once. */
    private static final int MAX_REFRESHERS = 8;

    private final OutboundClient client;
    private final KeyRing keys;
    private final RemoteMedia media;

    /**
     * As configured.
     *
     * @throws IOException when the signing key or the trusted certificates cannot be read
     */
    FederationAssembly(Config config, Closer closer, RandomGenerator random, Clock clock) throws IOException {
        DnsResolver names = closer.register(new DnsResolver(config.federation().nameServers()));
        Resolver resolver = config.federation().nameServers().isEmpty() ? Resolver.SYSTEM : names;
        this.client = closer.register(new OutboundClient(config.outbound(), resolver));
        RemoteServers servers = new RemoteServers(new ServerDiscovery(client, names, random, clock), client, clock);
        ExecutorService refreshers = Workers.named("key-refreshers", MAX_REFRESHERS);
        closer.register(refreshers::shutdownNow);
        this.keys = new KeyRing(servers, clock, refreshers);
        Optional<SigningKey> key = signingKey(config.federation().signingKeyFile());
        this.media = new RemoteMedia(config.serverName(), key, servers, client, config.remote());
    }

    private static Optional<SigningKey> signingKey(Optional<Path> file) throws IOException {
        return file.isPresent() ? Optional.of(SigningKey.readFrom(file.get())) : Optional.empty();
    }

    /** The client. */
    OutboundClient client() {
        return client;
    }

    /** The keys of other homeservers. */
    KeyRing keys() {
        return keys;
    }

    /** The media of other homeservers. */
    RemoteMedia media() {
        return media;
    }
}
