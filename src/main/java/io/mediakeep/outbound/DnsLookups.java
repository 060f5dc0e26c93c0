package io.mediakeep.outbound;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.concurrent.Workers;
import io.mediakeep.outbound.OutboundException.Kind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * DNS lookups with limits. A lookup cannot be interrupted: its caller returns at the deadline, and the lookup keeps its
 * permit until it ends.
 */
public final class DnsLookups implements AutoCloseable {
    private final Resolver resolver;
    private final ExecutorService executor;
    private final Map<Purpose, Semaphore> permits = new EnumMap<>(Purpose.class);

    /** Lookups by this resolver. */
    public DnsLookups(Resolver resolver) {
        this.resolver = resolver;
        Arrays.stream(Purpose.values())
                .forEach(purpose -> permits.put(purpose, new Semaphore(purpose.maxLookups(), true)));
        this.executor = Workers.named(
                "outbound-lookup",
                Arrays.stream(Purpose.values()).mapToInt(Purpose::maxLookups).sum());
    }

    /** The address itself, or all addresses of the name; at least one. */
    public List<InetAddress> addresses(Host host, Purpose purpose, Deadline deadline) throws OutboundException {
        if (host.address().isPresent()) {
            return List.of(host.address().get());
        }
        Semaphore purposePermits = Objects.requireNonNull(permits.get(purpose));
        Permits.acquire(purposePermits, deadline, "too many lookups");
        CompletableFuture<List<InetAddress>> lookup =
                CompletableFuture.supplyAsync(() -> resolve(host.name(), purposePermits), executor);
        List<InetAddress> addresses = await(lookup, host, deadline);
        if (addresses.isEmpty()) {
            throw new OutboundException(Kind.UNRESOLVED, host.name() + " has no address");
        }
        return addresses;
    }

    private List<InetAddress> resolve(String name, Semaphore purposePermits) {
        try {
            return resolver.addresses(name);
        } catch (UnknownHostException unknown) {
            throw new CompletionException(unknown);
        } finally {
            purposePermits.release();
        }
    }

    private static List<InetAddress> await(CompletableFuture<List<InetAddress>> lookup, Host host, Deadline deadline)
            throws OutboundException {
        try {
            return lookup.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            throw new OutboundException(Kind.UNRESOLVED, host.name() + " has no address", failure);
        } catch (TimeoutException timeout) {
            throw new OutboundException(Kind.TIMEOUT, "DNS did not respond in time for " + host.name(), timeout);
        } catch (InterruptedException interrupted) {
            throw Permits.interrupted(interrupted);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
