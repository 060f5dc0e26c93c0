package io.mediakeep.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.OutboundException.Kind;
import io.mediakeep.outbound.Places.Place;
import io.mediakeep.testing.RawServer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PlacesTest {
    private final Places places = new Places();

    @Test
    void aSiteHasOnlySoManyPlaces() throws Exception {
        List<Place> taken = fill("site.example");
        assertFull("site.example");
        taken.get(0).leave();
        places.take(Host.of("site.example"), soon());
        assertFull("site.example");
    }

    @Test
    void allHostsThatSomebodyRegisteredAreOneSite() throws Exception {
        fill("a.blog.co.uk");
        assertFull("b.blog.co.uk");
        assertFull("blog.co.uk");
        places.take(Host.of("other.co.uk"), soon());
    }

    @Test
    void everyAddressIsASite() throws Exception {
        fill("8.8.8.8");
        assertFull("8.8.8.8");
        places.take(Host.of("9.8.8.8"), soon());
        places.take(Host.of("[2001:db8::1]"), soon());
    }

    @Test
    void aPlaceIsGivenBackOnce() throws Exception {
        List<Place> taken = fill("site.example");
        taken.get(0).leave();
        taken.get(0).leave();
        places.take(Host.of("site.example"), soon());
        assertFull("site.example");
    }

    @Test
    void allSitesTogetherHaveOnlySoManyPlaces() throws Exception {
        List<Place> taken = new ArrayList<>();
        for (int site = 0; site < Places.MOST / Places.MOST_PER_SITE; site++) {
            taken.addAll(fill("site" + site + ".example"));
        }
        assertFull("another.example");
        taken.get(0).leave();
        places.take(Host.of("another.example"), soon()).leave();
        places.take(Host.of("site0.example"), soon());
    }

    @Test
    void whoWaitsIsServedWhenAPlaceIsFree() throws Exception {
        List<Place> taken = fill("site.example");
        CompletableFuture<Place> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return places.take(Host.of("site.example"), Deadline.in(Duration.ofSeconds(30), Clock.systemUTC()));
            } catch (OutboundException e) {
                throw new AssertionError(e);
            }
        });
        taken.get(3).leave();
        waiting.get().leave();
    }

    @Test
    void anOpenAnswerHoldsAPlaceUntilItIsReadOrClosed() throws Exception {
        Names names = new Names().say("site.example", "127.0.0.1").say("other.example", "127.0.0.1");
        OutboundSettings settings = new OutboundSettings(List.of(), List.of("127.0.0.1"), Optional.empty());
        try (RawServer server = RawServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                OutboundClient client = new OutboundClient(settings, names)) {
            List<OutboundAnswer> open = new ArrayList<>();
            for (int i = 0; i < Places.MOST_PER_SITE; i++) {
                open.add(client.get(to("site.example", server, Duration.ofSeconds(30))));
            }
            OutboundRequest another = to("site.example", server, Duration.ofMillis(50));
            assertTimeout(() -> client.get(another));
            client.get(to("other.example", server, Duration.ofSeconds(30))).close();
            assertThat(open.get(0).body()).hasContent("hello");
            client.get(to("site.example", server, Duration.ofSeconds(30))).close();
            open.get(1).close();
            client.get(to("site.example", server, Duration.ofSeconds(30))).close();
            open.forEach(OutboundAnswer::close);
        }
    }

    @Test
    void aFailureHoldsNoPlace() throws Exception {
        try (OutboundClient client = new OutboundClient(OutboundSettings.DEFAULTS, new Names());
                RawServer server = RawServer.saying("")) {
            for (int i = 0; i <= Places.MOST_PER_SITE; i++) {
                assertThatThrownBy(() -> client.get(to("127.0.0.1", server, Duration.ofSeconds(30))))
                        .isInstanceOfSatisfying(
                                OutboundException.class,
                                failure -> assertThat(failure.kind()).isEqualTo(Kind.DENIED));
            }
        }
    }

    private static OutboundRequest to(String host, RawServer server, Duration patience) {
        URI url = URI.create("http://" + host + ":" + server.port() + "/");
        return OutboundRequest.to(url, Deadline.in(patience, Clock.systemUTC())).build();
    }

    private List<Place> fill(String host) throws OutboundException {
        List<Place> taken = new ArrayList<>();
        for (int i = 0; i < Places.MOST_PER_SITE; i++) {
            taken.add(places.take(Host.of(host), soon()));
        }
        return taken;
    }

    private void assertFull(String host) {
        assertTimeout(() -> places.take(Host.of(host), Deadline.in(Duration.ofMillis(10), Clock.systemUTC())));
    }

    private static void assertTimeout(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        OutboundException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.TIMEOUT));
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(10), Clock.systemUTC());
    }
}
