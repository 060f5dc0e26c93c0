package io.mediakeep.federation.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.ServerName;
import io.mediakeep.testing.Concurrently;
import io.mediakeep.testing.server.RemoteHomeserver;
import io.mediakeep.testing.server.TestFederation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WellKnownTest {
    private static final String PATH = "/.well-known/matrix/server";
    private static final String HOST = "example.org";
    private static final ServerName DELEGATED = new ServerName("matrix.example.org:443");
    private static final String RESPONSE = "{\"m.server\":\"" + DELEGATED + "\"}";

    @TempDir
    static Path directory;

    private static TestFederation world;
    private static SSLContext tls;

    private RemoteHomeserver web;
    private WellKnown wellKnown;

    @BeforeAll
    static void startAll() throws Exception {
        world = new TestFederation(directory);
        world.dns().host(HOST, world.address()).host("other.example", world.address());
        tls = world.certificates().server(HOST, "other.example");
    }

    @AfterAll
    static void stopAll() throws IOException {
        world.close();
    }

    @BeforeEach
    void start() throws IOException {
        web = new RemoteHomeserver(world.address(), 0, tls);
        wellKnown = new WellKnown(world.client(), ":" + web.port(), world.clock());
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void returnsTheDelegationOfAHost() {
        web.respond(PATH, RESPONSE);
        assertThat(wellKnown.delegatedBy(HOST)).hasValue(DELEGATED);
        assertThat(web.requests()).singleElement().satisfies(call -> {
            assertThat(call.sni()).isEqualTo(HOST);
            assertThat(call.host()).isEqualTo(HOST + ":" + web.port());
        });
    }

    @Test
    void aDelegationIsCachedForADayByDefault() {
        web.respond(PATH, RESPONSE);
        wellKnown.delegatedBy(HOST);
        web.respond(PATH, "{\"m.server\":\"later.example\"}");
        world.clock().advance(Duration.ofHours(24).minusSeconds(1));
        assertThat(wellKnown.delegatedBy(HOST)).hasValue(DELEGATED);
        world.clock().advance(Duration.ofSeconds(1));
        assertThat(wellKnown.delegatedBy(HOST)).hasValue(new ServerName("later.example"));
        assertThat(web.requests()).hasSize(2);
    }

    @Test
    void aDelegationIsCachedAsItsHeadersSay() {
        web.respond(PATH, exchange -> {
            exchange.getResponseHeaders().set("Cache-Control", "public, max-age=7200");
            RemoteHomeserver.send(exchange, 200, RESPONSE);
        });
        wellKnown.delegatedBy(HOST);
        world.clock().advance(Duration.ofHours(2).minusSeconds(1));
        wellKnown.delegatedBy(HOST);
        assertThat(web.requests()).hasSize(1);
        world.clock().advance(Duration.ofSeconds(1));
        wellKnown.delegatedBy(HOST);
        assertThat(web.requests()).hasSize(2);
    }

    @Test
    void noDelegationIsCachedForYearsWhenTheClockIsSetBack() {
        web.respond(PATH, RESPONSE);
        wellKnown.delegatedBy(HOST);
        world.clock().advance(Duration.ofDays(-3650));
        wellKnown.delegatedBy(HOST);
        assertThat(web.requests()).hasSize(2);
    }

    @Test
    void theDelegationOfAnUnreachableHostIsUsedForTwoDays() {
        web.respond(PATH, RESPONSE);
        wellKnown.delegatedBy(HOST);
        web.close();
        world.clock().advance(Duration.ofHours(24));
        assertThat(wellKnown.delegatedBy(HOST)).hasValue(DELEGATED);
        assertThat(wellKnown.delegatedBy(HOST)).hasValue(DELEGATED);
        world.clock().advance(Duration.ofHours(24));
        assertThat(wellKnown.delegatedBy(HOST)).isEmpty();
    }

    @Test
    void aWithdrawnDelegationIsDroppedAtOnce() {
        web.respond(PATH, RESPONSE);
        wellKnown.delegatedBy(HOST);
        world.clock().advance(Duration.ofHours(24));
        web.respond(PATH, exchange -> RemoteHomeserver.send(exchange, 404, ""));
        assertThat(wellKnown.delegatedBy(HOST)).isEmpty();
        assertThat(wellKnown.delegatedBy(HOST)).isEmpty();
        assertThat(web.requests()).hasSize(2);
    }

    @Test
    void theAbsenceOfADelegationIsCachedForLongerEachTime() {
        for (int minutes : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            int before = web.requests().size();
            assertThat(wellKnown.delegatedBy(HOST)).isEmpty();
            world.clock().advance(Duration.ofMinutes(minutes).minusSeconds(1));
            assertThat(wellKnown.delegatedBy(HOST)).isEmpty();
            assertThat(web.requests()).hasSize(before + 1);
            world.clock().advance(Duration.ofSeconds(1));
        }
        web.respond(PATH, RESPONSE);
        assertThat(wellKnown.delegatedBy(HOST)).hasValue(DELEGATED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "[]",
                "{}",
                "{\"m.server\":7}",
                "{\"m.server\":\"\"}",
                "{\"m.server\":\"https://matrix.example.org\"}",
                "{\"m.server\":\"a b\"}",
                "{\"m.server\":\"a\",\"m.server\":\"b\"}"
            })
    void anInvalidResponseIsNoDelegation(String response) {
        web.respond(PATH, response);
        assertThat(wellKnown.delegatedBy(HOST)).isEmpty();
        assertThat(web.requests()).hasSize(1);
    }

    @Test
    void aResponseLargerThan50KibibytesIsNoDelegation() {
        int frame =
                "{\"m.server\":\"\",\"x\":\"\"}".length() + DELEGATED.value().length();
        String max = "{\"m.server\":\"" + DELEGATED + "\",\"x\":\"" + "x".repeat(50 * 1024 - frame) + "\"}";
        web.respond(PATH, max);
        assertThat(wellKnown.delegatedBy(HOST)).hasValue(DELEGATED);
        web.respond(PATH, max + " ");
        assertThat(wellKnown.delegatedBy("other.example")).isEmpty();
    }

    @Test
    void aLimitedNumberOfRedirectsIsFollowed() {
        for (int step = 1; step < 5; step++) {
            web.redirect("/" + step, "/" + (step + 1));
        }
        web.redirect(PATH, "https://other.example:" + web.port() + "/1").respond("/5", RESPONSE);
        assertThat(wellKnown.delegatedBy(HOST)).hasValue(DELEGATED);
        web.redirect("/5", "/6").respond("/6", RESPONSE);
        assertThat(wellKnown.delegatedBy("other.example")).isEmpty();
    }

    @Test
    void aRedirectIntoAPrivateNetworkIsNotFollowed() {
        web.redirect(PATH, "http://127.0.0.1:" + web.port() + "/1").respond("/1", RESPONSE);
        assertThat(wellKnown.delegatedBy(HOST)).isEmpty();
        assertThat(web.requests()).hasSize(1);
    }

    @Test
    void concurrentRequestsShareOneFetch() throws Exception {
        CountDownLatch asking = new CountDownLatch(8);
        web.respond(PATH, exchange -> {
            await(asking);
            RemoteHomeserver.send(exchange, 200, RESPONSE);
        });
        List<Object> responses = Concurrently.run(8, () -> {
            asking.countDown();
            return wellKnown.delegatedBy(HOST).orElseThrow();
        });
        assertThat(responses).containsOnly(DELEGATED);
        assertThat(web.requests()).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
