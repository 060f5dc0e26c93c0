package io.mediakeep.preview;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.testing.HostilePage;
import io.mediakeep.testing.server.RawServer;
import io.mediakeep.testing.server.TestSite;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pages that are crafted to cost memory and time. The timeout of a test is generous, and is only exceeded when the cost
 * grows faster than the page; the pages have the maximum size.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostilePagesTest extends PreviewFixture {
    private static final int SIZE = (int) PreviewSettings.DEFAULTS.maxPageSize();

    static List<HostilePage> pages() {
        return HostilePage.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void hasItsTitleWithinTheTimeout(HostilePage page) throws Exception {
        site.page("/hostile", page.html(SIZE));
        assertThat(node.preview(site.url("/hostile")).getString("og:title")).isEqualTo("T");
    }

    @Test
    void everyKeyIsBounded() throws Exception {
        StringBuilder html = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            html.append("<meta property='og:k")
                    .append(i)
                    .append("' content='")
                    .append("v ".repeat(90))
                    .append("'>");
        }
        html.append("<meta property='og:").append("k".repeat(1000)).append("' content='x'>");
        site.page("/keys", html.toString());
        JsonObject preview = node.preview(site.url("/keys"));
        assertThat(preview).hasSize(50);
        assertThat(preview.toString()).hasSizeLessThan(20_000);
    }

    @Test
    void everyValueIsBounded() throws Exception {
        site.page("/title", "<title>" + "ab ".repeat(SIZE / 4) + "</title><h1>x</h1>");
        assertThat(node.preview(site.url("/title")).getString("og:title")).hasSizeLessThanOrEqualTo(300);
        site.page("/text", "<title>T</title><p>" + "ab ".repeat(SIZE / 4));
        assertThat(node.preview(site.url("/text")).getString("og:description")).hasSizeLessThanOrEqualTo(500);
        site.page("/words", "<title>T</title>" + "<b>ab</b> ".repeat(SIZE / 40));
        assertThat(node.preview(site.url("/words")).getString("og:description")).hasSizeLessThanOrEqualTo(500);
    }

    @Test
    void aTooLargePageIsParsedUpToTheLimit() throws Exception {
        site.page(
                "/large",
                "<title>Early</title>" + "<p>x</p>".repeat(SIZE / 2) + "<meta property=og:title content=Late>");
        assertThat(node.preview(site.url("/large")).getString("og:title")).isEqualTo("Early");
    }

    @Test
    void anEndlessPageIsParsedUpToTheLimit() throws Exception {
        site.on("/endless", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            endlessly(exchange, "<p>and on</p>".repeat(100).getBytes(UTF_8), "<title>Endless</title>".getBytes(UTF_8));
        });
        assertThat(node.preview(site.url("/endless")).getString("og:title")).isEqualTo("Endless");
    }

    @Test
    void anEndlessImageIsOmitted() throws Exception {
        site.on("/endless.png", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            endlessly(exchange, new byte[10_000], site.image("/pictures/100x100.png"));
        });
        site.page("/page", "<title>T</title><meta property=og:image content=/endless.png>");
        assertThat(node.preview(site.url("/page"))).hasToString("{\"og:title\":\"T\"}");
        assertThat(node.rows("MediaEntity")).isZero();
        assertThat(node.rows("BlobEntity")).isZero();
    }

    @Test
    void anImageOfTooManyPixelsIsOmitted() throws Exception {
        byte[] png = site.image("/pictures/100x100.png").clone();
        png[17] = 1; // the width is 65636 now
        png[21] = 1;
        site.on("/huge.png", exchange -> TestSite.send(exchange, 200, png));
        site.page("/page", "<title>T</title><meta property=og:image content=/huge.png>");
        assertThat(node.preview(site.url("/page"))).hasToString("{\"og:title\":\"T\"}");
    }

    @Test
    void aTruncatedImageLeavesNothing() throws Exception {
        site.on("/cut.png", exchange -> {
            exchange.sendResponseHeaders(200, 100_000);
            exchange.getResponseBody().write(site.image("/pictures/100x100.png"));
            exchange.close();
        });
        site.page("/page", "<title>T</title><meta property=og:image content=/cut.png>");
        assertThat(node.preview(site.url("/page"))).hasToString("{\"og:title\":\"T\"}");
        assertThat(node.rows("BlobEntity")).isZero();
    }

    @Test
    void aCompressionBombIsNotDecoded() throws Exception {
        byte[] bomb = compressionBomb();
        assertThat(bomb).hasSizeLessThan(400_000);
        site.on("/bomb", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            TestSite.send(exchange, 200, bomb);
        });
        assertThatThrownBy(() -> node.preview(site.url("/bomb")))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        exception -> assertThat(exception.status()).isEqualTo(502));
    }

    @Test
    void aCharsetThatExpandsIsBounded() throws Exception {
        site.on("/odd", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=iso-2022-jp");
            TestSite.send(exchange, 200, ("<title>T</title>" + "\u001b$B".repeat(SIZE / 3)).getBytes(ISO_8859_1));
        });
        assertThat(node.preview(site.url("/odd")).getString("og:title")).isEqualTo("T");
    }

    @Test
    void anOEmbedResponseIsBounded() throws Exception {
        site.page("/oembed", "{\"title\": \"" + "x".repeat(1_000_000) + "\"}");
        site.page("/page", "<title>T</title><link rel=alternate type=application/json+oembed href=/oembed>");
        assertThat(node.preview(site.url("/page"))).hasToString("{\"og:title\":\"T\"}");
    }

    @Test
    void aDamagedPageIsNoInternalError() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            byte[] bytes = damaged(seed);
            site.on("/noise", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                TestSite.send(exchange, 200, bytes);
            });
            assertThat(node.preview(site.url("/noise?" + seed))).isNotNull();
        }
    }

    @Test
    void aMalformedHttpResponseIsABadGateway() throws Exception {
        for (String response : List.of(
                "nonsense\r\n\r\n", "HTTP/1.1 999999 X\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")) {
            try (RawServer server = new RawServer(
                    (head, connection) -> connection.send(response).close())) {
                assertThatThrownBy(() -> node.preview("http://site.example:" + server.port() + "/"))
                        .isInstanceOfSatisfying(
                                MatrixException.class,
                                exception -> assertThat(exception.status()).isEqualTo(502));
            }
        }
    }

    private static void endlessly(HttpExchange exchange, byte[] again, byte[] first) throws IOException {
        try (exchange;
                OutputStream out = exchange.getResponseBody()) {
            out.write(first);
            while (!Thread.currentThread().isInterrupted()) {
                out.write(again); // until the client closes the connection
            }
        }
    }

    private static byte[] compressionBomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("<title>Bomb</title>".getBytes(UTF_8));
            byte[] blanks = " ".repeat(1_000_000).getBytes(UTF_8);
            for (int megabyte = 0; megabyte < 300; megabyte++) {
                out.write(blanks);
            }
        }
        return packed.toByteArray();
    }

    /** A page with some bytes replaced, the same ones for the same seed. */
    private byte[] damaged(int seed) {
        Random random = new Random(seed);
        byte[] page =
                ("<html><head><title>T</title><meta property=og:title content='x'><script type=application/ld+json>"
                                + "{\"@type\": \"Article\", \"name\": \"n\"}</script></head><body><p>text <b>bold</b><img src=x>"
                                + "<meta http-equiv=refresh content='9;url=x'></body></html>")
                        .getBytes(UTF_8);
        for (int change = 0; change < 20; change++) {
            page[random.nextInt(page.length)] = (byte) random.nextInt(256);
        }
        return page;
    }
}
