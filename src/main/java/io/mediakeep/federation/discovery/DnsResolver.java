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

/** The name service: where services are, and the addresses of hosts. Answers are kept as long as they wish. */
public final class DnsResolver implements Resolver, AutoCloseable {
    private static final int PORT = 53;
    private static final int MOST_CACHED = 20_000;
    private static final Duration LONGEST_CACHED = Duration.ofHours(1);
    private static final Duration LONGEST_ABSENCE_CACHED = Duration.ofMinutes(5);
    private static final Duration ONE_SERVER = Duration.ofSeconds(2);
    private static final Duration ALL_SERVERS = Duration.ofSeconds(5);
    private static final int TRIES = 2;

    /** How many places of one service are considered. */
    private static final int MOST_TARGETS = 16;

    private final LookupSession session;

    /** @param servers as in {@link FederationSettings#nameServers}; if there are none, those of the operating system */
    public DnsResolver(List<String> servers) {
        List<InetSocketAddress> asked = servers.isEmpty()
                ? ResolverConfig.getCurrentConfig().servers()
                : servers.stream().map(DnsResolver::address).toList();
        ExtendedResolver resolver =
                new ExtendedResolver(asked.stream().map(DnsResolver::resolver).toArray(SimpleResolver[]::new));
        resolver.setRetries(TRIES);
        resolver.setTimeout(ALL_SERVERS);
        this.session = LookupSession.builder().resolver(resolver).cache(cache()).build();
    }

    /** An address with an optional port; refuses anything else with {@link IllegalArgumentException}. */
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
        resolver.setTimeout(ONE_SERVER);
        return resolver;
    }

    private static Cache cache() {
        Cache cache = new Cache(DClass.IN);
        cache.setMaxEntries(MOST_CACHED);
        cache.setMaxCache((int) LONGEST_CACHED.toSeconds());
        cache.setMaxNCache((int) LONGEST_ABSENCE_CACHED.toSeconds());
        return cache;
    }

    /**
     * The places where a service is offered (RFC 2782).
     *
     * @param service such as {@code _matrix-fed._tcp.example.org}
     * @return empty when nothing is said about the service, an empty list when it is said that there is none
     * @throws IOException when the name servers cannot say
     */
    Optional<List<ServiceTarget>> services(String service) throws IOException {
        List<Record> records = answer(lookup(service, Type.SRV), service);
        List<ServiceTarget> targets = records.stream()
                .filter(SRVRecord.class::isInstance)
                .map(record -> target((SRVRecord) record))
                .filter(target -> target.port() > 0 && HostPort.isName(target.host()))
                .limit(MOST_TARGETS)
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

    private static List<Record> answer(CompletableFuture<LookupResult> question, String name) throws IOException {
        try {
            return question.get(ALL_SERVERS.toMillis(), TimeUnit.MILLISECONDS).getRecords();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof NoSuchDomainException
                    || failure.getCause() instanceof NoSuchRRSetException) {
                return List.of();
            }
            throw new IOException("the name servers do not know about " + name, failure);
        } catch (TimeoutException tooSlow) {
            throw new IOException("the name servers do not answer about " + name, tooSlow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** Ends the thread that waits for name servers, which is one for all who use the library. */
    @Override
    public void close() {
        NioClient.close();
    }
}
