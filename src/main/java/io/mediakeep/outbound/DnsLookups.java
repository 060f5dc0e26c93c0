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

/** Questions to the name service, which nobody can interrupt: the asker leaves at the deadline, the question stays. */
public final class DnsLookups implements AutoCloseable {
    private final Resolver resolver;
    private final ExecutorService executor;
    private final Map<Purpose, Semaphore> open = new EnumMap<>(Purpose.class);

    public DnsLookups(Resolver resolver) {
        this.resolver = resolver;
        Arrays.stream(Purpose.values()).forEach(purpose -> open.put(purpose, new Semaphore(purpose.lookups(), true)));
        this.executor = Workers.named(
                "outbound-lookup",
                Arrays.stream(Purpose.values()).mapToInt(Purpose::lookups).sum());
    }

    /** The address itself, or all addresses of the name; at least one. */
    public List<InetAddress> addresses(Host host, Purpose purpose, Deadline deadline) throws OutboundException {
        if (host.address().isPresent()) {
            return List.of(host.address().get());
        }
        Semaphore ours = Objects.requireNonNull(open.get(purpose));
        Permits.acquire(ours, deadline, "too many lookups");
        CompletableFuture<List<InetAddress>> answer =
                CompletableFuture.supplyAsync(() -> ask(host.name(), ours), executor);
        List<InetAddress> addresses = await(answer, host, deadline);
        if (addresses.isEmpty()) {
            throw new OutboundException(Kind.UNRESOLVED, host.name() + " has no address");
        }
        return addresses;
    }

    private List<InetAddress> ask(String name, Semaphore ours) {
        try {
            return resolver.addresses(name);
        } catch (UnknownHostException unknown) {
            throw new CompletionException(unknown);
        } finally {
            ours.release();
        }
    }

    private static List<InetAddress> await(CompletableFuture<List<InetAddress>> answer, Host host, Deadline deadline)
            throws OutboundException {
        try {
            return answer.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            throw new OutboundException(Kind.UNRESOLVED, host.name() + " has no address", failure);
        } catch (TimeoutException late) {
            throw new OutboundException(Kind.TIMEOUT, "the name service is slow about " + host.name(), late);
        } catch (InterruptedException interrupted) {
            throw Permits.interrupted(interrupted);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
