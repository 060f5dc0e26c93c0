package io.mediakeep.container.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.container.JerseyApplication;
import io.mediakeep.container.StallDetector;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.LogCapture;
import io.mediakeep.testing.server.RawConnection;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.glassfish.jersey.server.ResourceConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body that is rejected after a part of it was received, on a Tomcat with two threads. */
class RejectedDuringBodyTest {
    private static final int SENDERS = 5;
    private static final String POST = "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
    private static final String GET = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final byte[] MEBIBYTE = new byte[1 << 20];
    private static final int MORE_THAN_TOMCAT_READS_ON = 5;

    private final StallDetector stalls = new StallDetector();
    private SmallTomcat tomcat;

    @BeforeEach
    void start(@TempDir java.nio.file.Path directory) throws Exception {
        JerseyApplication application = new JerseyApplication(
                new ResourceConfig().register(new Rejecting()), List.of(), Clock.systemUTC(), 1 << 16);
        tomcat = new SmallTomcat(directory, new ServletHandler(application, stalls, SENDERS));
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
        stalls.close();
    }

    @Test
    void theResponseFollowsTheWholeBodyAndTheConnectionIsReused() throws Exception {
        try (RawConnection connection = tomcat.connect()) {
            connection.send(POST);
            for (int i = 0; i < MORE_THAN_TOMCAT_READS_ON; i++) {
                connection.send("100000\r\n").send(MEBIBYTE).send("\r\n");
            }
            connection.send("0\r\n\r\n");
            assertThat(connection.status()).isEqualTo(403);
            assertThat(connection.body()).isEqualTo("enough");
            connection.send(GET);
            assertThat(connection.status()).isEqualTo(200);
        }
    }

    @Test
    void aSlowRestOfABodyHoldsNoThread() throws Exception {
        List<RawConnection> senders = new ArrayList<>();
        try (RawConnection other = tomcat.connect()) {
            for (int i = 0; i < SENDERS; i++) {
                RawConnection sender = tomcat.connect().send(POST + "5\r\nhello\r\n5\r\nhe");
                senders.add(sender);
                assertThat(sender.status()).isEqualTo(403);
            }
            assertThat(other.send(GET).status()).isEqualTo(200);
        } finally {
            for (RawConnection sender : senders) {
                sender.close();
            }
        }
    }

    @Test
    void theRestOfABodyIsNotReadFromADisconnectedClient() throws Exception {
        try (LogCapture log = new LogCapture()) {
            try (RawConnection sender = tomcat.connect()) {
                sender.send("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nhello");
                assertThat(sender.status()).isEqualTo(200);
                Eventually.holds(() -> assertThat(stalls.count()).isOne());
            }
            Eventually.holds(() -> assertThat(stalls.count()).isZero());
            assertThat(log.text()).doesNotContain("could not be ended");
        }
    }

    /** Rejects each body when its first bytes are received. */
    @Path("/")
    public static final class Rejecting {
        /** A resource for a later request. */
        @GET
        public String get() {
            return "welcome";
        }

        /** Responds with 403: after a 413 Tomcat closes the connection in any case. */
        @POST
        public CompletionStage<Response> reject(@Context ContainerRequestContext request) {
            Enough enough = new Enough();
            RequestProperties.body(request).subscribe(enough);
            return enough.response;
        }
    }

    private static final class Enough implements Flow.Subscriber<ByteBuffer> {
        private final CompletableFuture<Response> response = new CompletableFuture<>();
        private Flow.@Nullable Subscription subscription;

        @Override
        public void onSubscribe(Flow.Subscription body) {
            subscription = body;
            body.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            subscription.cancel();
            response.complete(Response.status(403).entity("enough").build());
        }

        @Override
        public void onError(Throwable failure) {
            response.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            response.complete(Response.ok().build());
        }
    }
}
