package io.mediakeep.federation.discovery;

import io.mediakeep.matrix.ServerName;
import io.mediakeep.outbound.Resolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.NioClient;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/** A DNS client: SRV records, and addresses of hosts. Responses are cached for their TTL, within limits. */
public final class DnsResolver implements Resolver, AutoCloseable {
    private static final int PORT = 53;
    private static final int MAX_CACHED = 20_000;
    private static final Duration MAX_TTL = Duration.ofHours(1);
    private static final Duration MAX_NEGATIVE_TTL = Duration.ofMinutes(5);
    private static final Duration SERVER_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TOTAL_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_ATTEMPTS = 2;

    /** How many targets of a service are used. */
    private static final int MAX_TARGETS = 16;

    private final LookupSession session;

    /** @param servers as in {@link FederationSettings#nameServers}; if empty, those of the operating system */
    public DnsResolver(List<String> servers) {
        List<InetSocketAddress> addresses = servers.isEmpty()
                ? ResolverConfig.getCurrentConfig().servers()
                : servers.stream().map(DnsResolver::address).toList();
        ExtendedResolver resolver = new ExtendedResolver(
                addresses.stream().map(DnsResolver::resolver).toArray(SimpleResolver[]::new));
        resolver.setRetries(MAX_ATTEMPTS);
        resolver.setTimeout(TOTAL_TIMEOUT);
        this.session = LookupSession.builder().resolver(resolver).cache(cache()).build();
    }

    /** Parses an address with an optional port; rejects anything else with {@link IllegalArgumentException}. */
    public static InetSocketAddress address(String text) {
        HostPort parsed = Optional.of(text)
                .filter(ServerName::isValid)
                .flatMap(valid -> HostPort.of(new ServerName(valid)))
                .filter(HostPort::address)
                .orElseThrow(() -> new IllegalArgumentException(
                        "must be an address with an optional port, such as 192.0.2.53, 127.0.0.1:5353 or [::1]:53"));
        return new InetSocketAddress(parsed.host(), parsed.port().orElse(PORT));
    }

    private static SimpleResolver resolver(InetSocketAddress server) {
        SimpleResolver resolver = new SimpleResolver(server);
        resolver.setTimeout(SERVER_TIMEOUT);
        return resolver;
    }

    private static Cache cache() {
        Cache cache = new Cache(DClass.IN);
        cache.setMaxEntries(MAX_CACHED);
        cache.setMaxCache((int) MAX_TTL.toSeconds());
        cache.setMaxNCache((int) MAX_NEGATIVE_TTL.toSeconds());
        return cache;
    }

    /**
     * The targets of a service (RFC 2782).
     *
     * @param service such as {@code _matrix-fed._tcp.example.org}
     * @return empty when there are no records, an empty list when the records say that there is no such service
     * @throws IOException when DNS fails
     */
    Optional<List<ServiceTarget>> services(String service) throws IOException {
        List<Record> records = answer(lookup(service, Type.SRV), service);
        List<ServiceTarget> targets = records.stream()
                .filter(SRVRecord.class::isInstance)
                .map(record -> target((SRVRecord) record))
                .filter(target -> target.port() > 0 && HostPort.isName(target.host()))
                .limit(MAX_TARGETS)
                .toList();
        return records.isEmpty() ? Optional.empty() : Optional.of(targets);
    }

    private static ServiceTarget target(SRVRecord record) {
        String host = record.getTarget().toString(true).toLowerCase(Locale.ROOT);
        return new ServiceTarget(record.getPriority(), record.getWeight(), host, record.getPort());
    }

    @Override
    public List<InetAddress> addresses(String host) throws UnknownHostException {
        CompletableFuture<LookupResult> ipv4 = lookup(host, Type.A);
        CompletableFuture<LookupResult> ipv6 = lookup(host, Type.AAAA);
        List<InetAddress> addresses = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (CompletableFuture<LookupResult> half : List.of(ipv4, ipv6)) {
            try {
                answer(half, host).forEach(record -> address(record).ifPresent(addresses::add));
            } catch (IOException failure) {
                problems.add(failure.getMessage());
            }
        }
        if (addresses.isEmpty()) {
            throw new UnknownHostException(problems.isEmpty() ? host + " has no address" : problems.get(0));
        }
        return addresses;
    }

    private static Optional<InetAddress> address(Record record) {
        if (record instanceof ARecord ipv4) {
            return Optional.of(ipv4.getAddress());
        }
        return record instanceof AAAARecord ipv6 ? Optional.of(ipv6.getAddress()) : Optional.empty();
    }

    private CompletableFuture<LookupResult> lookup(String name, int type) {
        try {
            return session.lookupAsync(Name.fromString(name, Name.root), type).toCompletableFuture();
        } catch (TextParseException tooLong) {
            return CompletableFuture.failedFuture(tooLong);
        }
    }

    private static List<Record> answer(CompletableFuture<LookupResult> lookup, String name) throws IOException {
        try {
            return lookup.get(TOTAL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).getRecords();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof NoSuchDomainException
                    || failure.getCause() instanceof NoSuchRRSetException) {
                return List.of();
            }
            throw new IOException("DNS failed for " + name, failure);
        } catch (TimeoutException tooSlow) {
            throw new IOException("DNS timed out for " + name, tooSlow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Stops the I/O thread of the library, which all its users share. */
    @Override
    public void close() {
        NioClient.close();
    }
}
