package io.mediakeep.outbound;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.concurrent.Workers;
import io.mediakeep.outbound.OutboundException.Kind;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Questions to the name service, which nobody can interrupt: the asker leaves at the deadline, the question stays. */
final class Lookups implements AutoCloseable {
    /** How many questions may be open at once; more of them wait. */
    private static final int MOST = 32;

    private final Resolver resolver;
    private final ExecutorService executor = Workers.named("outbound-lookup", MOST);
    private final Semaphore open = new Semaphore(MOST, true);

    Lookups(Resolver resolver) {
        this.resolver = resolver;
    }

    /** The address itself, or all addresses of the name; at least one. */
    List<InetAddress> addresses(Host host, Deadline deadline) throws OutboundException {
        if (host.address().isPresent()) {
            return List.of(host.address().get());
        }
        Patience.acquire(open, deadline, "too many lookups");
        CompletableFuture<List<InetAddress>> answer = CompletableFuture.supplyAsync(() -> ask(host.name()), executor);
        List<InetAddress> addresses = await(answer, host, deadline);
        if (addresses.isEmpty()) {
            throw new OutboundException(Kind.UNRESOLVED, host.name() + " has no address");
        }
        return addresses;
    }

    private List<InetAddress> ask(String name) {
        try {
            return resolver.addresses(name);
        } catch (UnknownHostException unknown) {
            throw new CompletionException(unknown);
        } finally {
            open.release();
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
            throw Patience.interrupted(interrupted);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
