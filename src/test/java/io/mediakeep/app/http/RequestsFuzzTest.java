package io.mediakeep.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.config.ListenSettings;
import io.mediakeep.container.RequestIds;
import io.mediakeep.fuzz.FuzzContract;
import io.mediakeep.fuzz.Limits;
import io.mediakeep.limits.TrustedProxies;
import io.mediakeep.testing.server.RawConnection;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.glassfish.grizzly.http.server.HttpHandler;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.server.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Requests on the wire: the response does not depend on their segmentation, and is never an internal error. */
class RequestsFuzzTest extends FuzzContract {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (?=[0-9])");
    private static final int PIECE = 5;

    private final HttpServer server = new HttpServer();
    private final RequestIds ids = new RequestIds(new Random());
    private HttpConnections connections;

    RequestsFuzzTest() {
        super(500, new Limits(16 << 20, Duration.ofSeconds(5)));
    }

    @BeforeEach
    void start() throws IOException {
        connections = new HttpConnections(
                new ConnectionLimits(new ListenSettings("127.0.0.1", 0, 1000, 1000), new TrustedProxies(List.of())),
                HttpTimeouts.DEFAULTS,
                DrainLimits.forUploads(1 << 20),
                ids);
        NetworkListener listener = new NetworkListener("fuzz", "127.0.0.1", 0);
        listener.setMaxHttpHeaderSize(16 * 1024);
        listener.registerAddOn(connections);
        server.addListener(listener);
        server.getServerConfiguration().addHttpHandler(new BodyLength());
        server.getServerConfiguration().setDefaultErrorPageGenerator(new ErrorPage(ids));
        server.start();
    }

    @AfterEach
    void stop() {
        connections.close();
        server.shutdownNow();
    }

    @Override
    protected List<byte[]> corpus() throws IOException {
        return files("requests");
    }

    @Override
    protected List<String> tokens() {
        return List.of(
                "\r\n",
                "\n",
                "\r",
                "\0",
                " ",
                "\t",
                ":",
                ";",
                "0\r\n\r\n",
                "Content-Length: 5\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Transfer-Encoding: Chunked\r\n",
                "Host: localhost\r\n",
                "GET /c HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }

    @Override
    protected void take(byte[] input) throws Exception {
        List<String> responses = responses(input, input.length);
        assertThat(responses)
                .allSatisfy(response -> assertThat(response.substring(0, 3))
                        .isIn("100", "200", "204", "400", "414", "431", "501", "505"));
        assertThat(responses(input, PIECE)).isEqualTo(responses);
    }

    /** The status and body of each response. */
    private List<String> responses(byte[] input, int piece) throws IOException {
        URI url = URI.create("http://127.0.0.1:" + server.getListener("fuzz").getPort());
        try (RawConnection connection = new RawConnection(url)) {
            for (int i = 0; i < input.length; i += piece) {
                connection.send(Arrays.copyOfRange(input, i, Math.min(input.length, i + piece)));
            }
            connection.endOutput();
            return STATUS.splitAsStream(connection.rest())
                    .skip(1)
                    .map(response -> response.substring(0, 3) + response.substring(response.indexOf("\r\n\r\n")))
                    .toList();
        }
    }

    /** Returns the number of bytes of the body. */
    private static final class BodyLength extends HttpHandler {
        @Override
        public void service(Request request, Response response) throws Exception {
            try {
                long length = request.getInputStream().readAllBytes().length;
                response.setContentType("text/plain");
                response.getWriter().write(request.getRequestURI() + " " + length);
            } catch (IOException broken) {
                response.sendError(400);
            }
        }
    }
}
