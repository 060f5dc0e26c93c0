package io.mediakeep.outbound;

import static io.mediakeep.outbound.http.TestOutboundClient.assertKind;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.SiteLimits.Permit;
import io.mediakeep.outbound.http.OutboundResponse;
import io.mediakeep.outbound.http.TestOutboundClient;
import io.mediakeep.outbound.http.TestResolver;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.server.RawServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SiteLimitsTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int PER_SITE = Purpose.PREVIEW.maxRequestsOfSite();

    private final SiteLimits places = new SiteLimits(Purpose.PREVIEW);

    @Test
    void requestsToASiteAreLimited() throws Exception {
        List<Permit> taken = fill("site.example");
        assertFull("site.example");
        taken.get(0).release();
        places.acquire(Host.of("site.example"), soon());
        assertFull("site.example");
    }

    @Test
    void allHostsOfARegistrableDomainAreOneSite() throws Exception {
        fill("a.blog.co.uk");
        assertFull("b.blog.co.uk");
        assertFull("blog.co.uk");
        places.acquire(Host.of("other.co.uk"), soon());
    }

    @Test
    void everyAddressIsASite() throws Exception {
        fill("8.8.8.8");
        assertFull("8.8.8.8");
        places.acquire(Host.of("9.8.8.8"), soon());
        places.acquire(Host.of("[2001:db8::1]"), soon());
    }

    @Test
    void aPermitIsReleasedOnce() throws Exception {
        List<Permit> taken = fill("site.example");
        taken.get(0).release();
        taken.get(0).release();
        places.acquire(Host.of("site.example"), soon());
        assertFull("site.example");
    }

    @Test
    void requestsToAllSitesAreLimited() throws Exception {
        List<Permit> taken = new ArrayList<>();
        for (int site = 0; site < Purpose.PREVIEW.maxRequests() / PER_SITE; site++) {
            taken.addAll(fill("site" + site + ".example"));
        }
        assertFull("another.example");
        taken.get(0).release();
        places.acquire(Host.of("another.example"), soon()).release();
        places.acquire(Host.of("site0.example"), soon());
    }

    @Test
    void waitingRequestsForASiteAreLimited() throws Exception {
        fill("site.example");
        List<Thread> waiting = Stream.generate(() -> new Thread(() -> assertFull("site.example", MINUTE)))
                .limit(PER_SITE)
                .toList();
        waiting.forEach(Thread::start);
        Eventually.holds(() -> assertThat(waiting).allMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));
        assertFull("site.example", MINUTE);
        places.acquire(Host.of("other.example"), soon());
        waiting.forEach(Thread::interrupt);
        for (Thread thread : waiting) {
            thread.join();
        }
    }

    @Test
    void eachPurposeHasLimitsOfItsOwn() throws Exception {
        try (RawServer server = RawServer.responding("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                TestOutboundClient client =
                        new TestOutboundClient(new TestResolver().add("site.example", "127.0.0.1"))) {
            URI url = URI.create("http://site.example:" + server.port() + "/");
            List<OutboundResponse> open = new ArrayList<>();
            for (Purpose purpose : Purpose.values()) {
                for (int i = 0; i < purpose.maxRequestsOfSite(); i++) {
                    open.add(client.send(OutboundRequest.to(url, purpose, soon())));
                }
                assertKind(Kind.TIMEOUT, () -> client.send(OutboundRequest.to(url, purpose, Deadline.in(SHORT))));
            }
            open.forEach(OutboundResponse::close);
        }
    }

    @Test
    void aWaitingRequestGetsAReleasedPermit() throws Exception {
        List<Permit> taken = fill("site.example");
        CompletableFuture<Permit> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return places.acquire(Host.of("site.example"), Deadline.in(Duration.ofSeconds(30)));
            } catch (OutboundException e) {
                throw new AssertionError(e);
            }
        });
        taken.get(3).release();
        waiting.get().release();
    }

    @Test
    void anOpenResponseHoldsAPermitUntilItIsReadOrClosed() throws Exception {
        try (RawServer server = RawServer.responding("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                TestOutboundClient client = new TestOutboundClient(
                        new TestResolver().add("site.example", "127.0.0.1").add("other.example", "127.0.0.1"))) {
            String url = "http://site.example:" + server.port() + "/";
            List<OutboundResponse> open = new ArrayList<>();
            for (int i = 0; i < PER_SITE; i++) {
                open.add(client.send(TestOutboundClient.to(url)));
            }
            assertKind(Kind.TIMEOUT, () -> client.send(TestOutboundClient.to(url, SHORT)));
            client.send(TestOutboundClient.to(url.replace("site", "other"))).close();
            assertThat(open.get(0).body()).hasContent("hello");
            client.send(TestOutboundClient.to(url)).close();
            open.get(1).close();
            client.send(TestOutboundClient.to(url)).close();
            open.forEach(OutboundResponse::close);
        }
    }

    @Test
    void aFailureReleasesItsPermit() throws Exception {
        try (TestOutboundClient client = new TestOutboundClient(new TestResolver())) {
            for (int i = 0; i <= PER_SITE; i++) {
                assertKind(Kind.DENIED, () -> client.send(TestOutboundClient.to("http://127.0.0.2/")));
            }
        }
    }

    private List<Permit> fill(String host) throws OutboundException {
        List<Permit> taken = new ArrayList<>();
        for (int i = 0; i < PER_SITE; i++) {
            taken.add(places.acquire(Host.of(host), soon()));
        }
        return taken;
    }

    private void assertFull(String host) {
        assertFull(host, SHORT);
    }

    private void assertFull(String host, Duration timeout) {
        assertKind(Kind.TIMEOUT, () -> places.acquire(Host.of(host), Deadline.in(timeout)));
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(10));
    }
}
