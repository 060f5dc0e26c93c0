package io.mediakeep.container.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.container.StallDetector;
import io.mediakeep.container.Transfer;
import io.mediakeep.media.content.ByteSource;
import io.mediakeep.testing.Eventually;
import io.mediakeep.testing.server.RawConnection;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Responses that their clients do not read, on a Tomcat with two threads and its write timeout of a minute. */
class StalledResponsesTest {
    private static final int CLIENTS = 5;
    private static final Duration STALLED = Duration.ofSeconds(1);
    private static final String ENDLESS = "GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String SHORT = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    private static final String SMALL = "GET /small HTTP/1.1\r\nHost: localhost\r\n\r\n";

    /** Of {@link #SMALL_BYTES}: more than the buffers of a socket hold. */
    private static final int PIPELINED = 500;

    private static final int SMALL_BYTES = 64 * 1024;

    private final StallDetector stalls = new StallDetector();
    private final List<ServletTransfer> transfers = new CopyOnWriteArrayList<>();
    private volatile long lastSmall = System.nanoTime();
    private SmallTomcat tomcat;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        tomcat = new SmallTomcat(directory, new Responding());
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
        stalls.close();
    }

    /** While Tomcat closes one, a thread may wait for its client; those beyond the limit stay monitored. */
    @Test
    void fewOfTheirConnectionsAreClosedAtATime() throws Exception {
        List<RawConnection> clients = new ArrayList<>();
        try (RawConnection other = tomcat.connect()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(tomcat.connect().send(ENDLESS));
            }
            Eventually.holds(() -> assertThat(transfers).hasSize(CLIENTS).allMatch(StalledResponsesTest::isStalled));
            transfers.forEach(ServletTransfer::timeOut);
            assertThat(other.send(SHORT).status()).isEqualTo(200);
            assertThat(stalls.count()).isEqualTo(CLIENTS - 1);
        } finally {
            for (RawConnection client : clients) {
                client.close();
            }
        }
    }

    @Test
    void clientsThatPipelineRequestsAndDoNotReadHoldNoThread() throws Exception {
        List<RawConnection> clients = new ArrayList<>();
        try (RawConnection other = tomcat.connect()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(tomcat.connect().send(SMALL.repeat(PIPELINED)));
            }
            Eventually.holds(() -> assertThat(System.nanoTime() - lastSmall).isGreaterThan(STALLED.toNanos()));
            assertThat(other.send(SHORT).status()).isEqualTo(200);
            Eventually.holds(() -> assertThat(stalls.count()).isEqualTo(CLIENTS));
        } finally {
            for (RawConnection client : clients) {
                client.close();
            }
        }
    }

    /** The thread that writes it may wait for the client, but once at most. */
    @Test
    void anErrorPageIsTheLastResponseOfItsConnection() throws Exception {
        String rejected = "GET /rejected HTTP/1.1\r\nHost: localhost\r\n\r\n";
        try (RawConnection client = tomcat.connect().send(rejected + rejected)) {
            assertThat(client.rest())
                    .startsWith("HTTP/1.1 404 ")
                    .containsIgnoringCase("Connection: close")
                    .endsWith("\r\n\r\npage")
                    .containsOnlyOnce("HTTP/1.1");
        }
    }

    @Test
    void anAbortedResponseIsLoggedWithoutAStackTrace() throws Exception {
        List<LogRecord> records = new CopyOnWriteArrayList<>();
        Logger servlet = Logger.getLogger("org.apache.catalina.core.ContainerBase.[Tomcat].[localhost].[/].[tested]");
        servlet.setFilter(records::add);
        try (RawConnection client = tomcat.connect().send(ENDLESS)) {
            Eventually.holds(() -> assertThat(transfers).hasSize(1));
            transfers.get(0).timeOut();
            Eventually.holds(() -> assertThat(records).isNotEmpty());
            assertThat(records)
                    .allSatisfy(entry ->
                            assertThat(entry.getThrown().getStackTrace()).isEmpty());
            assertThat(client.countToEnd()).isPositive();
        } finally {
            servlet.setFilter(null);
        }
    }

    /** Until the buffers of the sockets are full, a response waits for moments only. */
    private static boolean isStalled(Transfer transfer) {
        long since = transfer.waitingSince();
        return since != Transfer.NOT_WAITING && System.nanoTime() - since > STALLED.toNanos();
    }

    private final class Responding extends HttpServlet {
        private static final long serialVersionUID = 1L;

        private final transient CloseLimit closes = new CloseLimit(1);

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            ServletExchange exchange = new ServletExchange(request, response);
            exchange.throwIfAborted();
            ServletBody body = new ServletBody(exchange, stalls);
            ServletResponseWriter writer = new ServletResponseWriter(exchange, body, stalls, new Semaphore(0), closes);
            switch (request.getRequestURI()) {
                case "/endless" -> {
                    ServletTransfer transfer = new ServletTransfer(new Endless(), exchange, writer, stalls, closes);
                    transfers.add(transfer);
                    transfer.begin();
                }
                case "/small" -> {
                    lastSmall = System.nanoTime();
                    writer.send(200, Map.of(), SMALL_BYTES, new byte[SMALL_BYTES]);
                }
                case "/rejected" -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
                case SmallTomcat.ERROR_PAGE -> writer.send(404, Map.of(), 4, "page".getBytes(US_ASCII));
                default -> writer.send(200, Map.of(), 0, new byte[0]);
            }
        }
    }

    /** Zeros without end. */
    private static final class Endless implements ByteSource {
        private static final int PIECE = 1 << 16;

        @Override
        public long available() {
            return PIECE;
        }

        @Override
        public boolean ended() {
            return false;
        }

        @Override
        public long sendTo(WritableByteChannel channel, long max) throws IOException {
            return channel.write(ByteBuffer.allocate(PIECE));
        }

        @Override
        public void whenAvailable(Runnable action) {
            throw new UnsupportedOperationException("there are always more");
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
