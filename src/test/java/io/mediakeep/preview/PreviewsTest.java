package io.mediakeep.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.preview.url.WebUrl;
import io.mediakeep.testing.server.RawServer;
import io.mediakeep.testing.server.TestCertificates;
import io.mediakeep.testing.server.TestSite;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How previews are stored and shared, and the errors. */
class PreviewsTest extends PreviewFixture {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void aPageIsFetchedOnceAnHour() throws Exception {
        assertThat(title("/title-only")).isEqualTo("Just a title");
        assertThat(title("/title-only")).isEqualTo("Just a title");
        node.clock.advance(HOUR.minusSeconds(1));
        assertThat(title("/title-only")).isEqualTo("Just a title");
        assertThat(site.requests("/title-only")).hasSize(1);
        node.clock.advance(Duration.ofSeconds(1));
        assertThat(title("/title-only")).isEqualTo("Just a title");
        assertThat(site.requests("/title-only")).hasSize(2);
    }

    @Test
    void cacheControlExtendsTheCacheTimeUpToADay() throws Exception {
        cached("/day", "max-age=86400");
        cached("/year", "public, max-age=31536000, immutable");
        cached("/never", "no-store");
        for (String path : List.of("/day", "/year", "/never")) {
            title(path);
            node.clock.advance(HOUR.minusSeconds(1));
            title(path);
            assertThat(site.requests(path)).hasSize(1);
            node.clock.advance(Duration.ofSeconds(1));
        }
        title("/never");
        title("/day");
        assertThat(site.requests("/never")).hasSize(2);
        assertThat(site.requests("/day")).hasSize(1);
        node.clock.advance(Duration.ofHours(24));
        title("/day");
        title("/year");
        assertThat(site.requests("/day")).hasSize(2);
        assertThat(site.requests("/year")).hasSize(2);
    }

    @Test
    void equivalentUrlsShareAPreview() throws Exception {
        String plain = site.url("/title-only");
        for (String url : List.of(
                plain,
                plain + "#top",
                plain + "?utm_source=mail&fbclid=1",
                plain.replace("site.example", "SITE.Example"),
                plain.replace("/title-only", "/a/../title-only"))) {
            assertThat(node.preview(url).getString("og:title")).isEqualTo("Just a title");
        }
        assertThat(site.requests("/title-only")).hasSize(1);
    }

    @Test
    void theStoredPreviewIsReturned() throws Exception {
        site.page("/changing", "<title>Before</title>");
        Instant before = node.clock.instant();
        title("/changing");
        node.clock.advance(HOUR.multipliedBy(2));
        site.page("/changing", "<title>After</title>");
        assertThat(title("/changing")).isEqualTo("After");
        assertThat(titleAt("/changing", before)).isEqualTo("Before");
        assertThat(titleAt("/changing", before.plus(HOUR.multipliedBy(2)))).isEqualTo("After");
        assertThat(titleAt("/changing", before.minus(HOUR))).isEqualTo("After");
        assertThat(titleAt("/changing", before.plus(Duration.ofDays(1000)))).isEqualTo("After");
        assertThat(site.requests("/changing")).hasSize(2);
    }

    @Test
    void aPointInTimeCausesNoFetch() throws Exception {
        title("/title-only");
        for (int hour = 0; hour < 50; hour++) {
            titleAt("/title-only", node.clock.instant().minus(HOUR.multipliedBy(hour)));
        }
        assertThat(site.requests("/title-only")).hasSize(1);
    }

    @Test
    void previewsAreSharedBetweenNodes() throws Exception {
        title("/title-only");
        PreviewKey key = new PreviewKey(WebUrl.parse(site.url("/title-only")).orElseThrow(), new Language("en"));
        assertThat(node.previewCatalog.latest(key))
                .map(StoredPreview::json)
                .contains("{\"og:title\":\"Just a title\"}");
    }

    @Test
    void anUnmodifiedPageIsNotFetchedAgain() throws Exception {
        String page = "<title>Tagged</title><meta property=og:image content=/pictures/40x40.png>";
        site.on("/tagged", exchange -> {
            boolean known = "\"v1\"".equals(exchange.getRequestHeaders().getFirst("If-None-Match"));
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.getResponseHeaders().set("ETag", "\"v1\"");
            exchange.getResponseHeaders().set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
            TestSite.send(exchange, known ? 304 : 200, known ? new byte[0] : page.getBytes(StandardCharsets.UTF_8));
        });
        JsonObject first = node.preview(site.url("/tagged"));
        node.clock.advance(HOUR.multipliedBy(2));
        assertThat(node.preview(site.url("/tagged"))).isEqualTo(first);
        assertThat(site.requests("/tagged")).hasSize(2);
        assertThat(site.requests("/pictures/40x40.png")).hasSize(1);
        assertThat(site.requests("/tagged").get(1).headers().getFirst("If-Modified-Since"))
                .isEqualTo("Thu, 01 Jan 2026 00:00:00 GMT");
        node.preview(site.url("/tagged"));
        assertThat(site.requests("/tagged")).hasSize(2);
    }

    @Test
    void theExpiryOfAnImageIsExtendedWithItsPreview() throws Exception {
        anUnmodifiedPageIsNotFetchedAgain();
        node.clock.advance(Duration.ofHours(24));
        String mxc = node.preview(site.url("/tagged")).getString("og:image");
        node.previews.removeExpired();
        node.clock.advance(Duration.ofHours(30));
        node.previews.removeExpired();
        assertThat(node.download(mxc)).isEqualTo(site.image("/pictures/40x40.png"));
        assertThat(site.requests("/pictures/40x40.png")).hasSize(1);
    }

    @Test
    void aLostImageIsFetchedAgainWithItsPage() throws Exception {
        anUnmodifiedPageIsNotFetchedAgain();
        node.clock.advance(HOUR);
        node.transactions.run(
                entities -> entities.createQuery("delete from MediaEntity").executeUpdate());
        String mxc = node.preview(site.url("/tagged")).getString("og:image");
        assertThat(site.requests("/pictures/40x40.png")).hasSize(2);
        assertThat(node.download(mxc)).isEqualTo(site.image("/pictures/40x40.png"));
    }

    @Test
    void anExpiredPreviewIsRemovedWithItsImage() throws Exception {
        node.preview(site.url("/og-everything"));
        assertThat(node.rows("PreviewEntity")).isEqualTo(1);
        assertThat(node.rows("MediaEntity")).isEqualTo(1);
        assertThat(node.rows("UsageEntity")).isZero();
        node.clock.advance(Duration.ofHours(25));
        node.previews.removeExpired();
        assertThat(node.rows("PreviewEntity")).isZero();
        assertThat(node.rows("MediaEntity")).isEqualTo(1);
        node.clock.advance(Duration.ofHours(24));
        node.previews.removeExpired();
        node.cleanup.remove();
        assertThat(node.rows("MediaEntity")).isZero();
        assertThat(node.rows("BlobEntity")).isZero();
    }

    @Test
    void concurrentRequestsShareOneFetch() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        site.on("/slow", exchange -> {
            await(open);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            TestSite.send(exchange, 200, "<title>Worth the wait</title>".getBytes(StandardCharsets.UTF_8));
        });
        PreviewRequest request =
                new PreviewRequest(site.url("/slow"), Optional.empty(), Optional.empty(), "@alice:example.org");
        List<CompletableFuture<String>> responses = IntStream.range(0, 200)
                .mapToObj(asker -> node.previews.preview(request).toCompletableFuture())
                .toList();
        assertThat(responses).noneMatch(CompletableFuture::isDone);
        open.countDown();
        for (CompletableFuture<String> response : responses) {
            assertThat(response.get()).isEqualTo("{\"og:title\":\"Worth the wait\"}");
        }
        assertThat(site.requests("/slow")).hasSize(1);
    }

    @Test
    void tooManyConcurrentPreviewsAreRejected() {
        CountDownLatch open = new CountDownLatch(1);
        site.on("/stuck", exchange -> {
            await(open);
            TestSite.send(exchange, 404, new byte[0]);
        });
        int max = 256;
        List<CompletableFuture<String>> responses = IntStream.range(0, max + 44)
                .mapToObj(asker -> node.previews
                        .preview(new PreviewRequest(
                                site.url("site" + asker + ".example", "/stuck?"),
                                Optional.empty(),
                                Optional.empty(),
                                "caller" + asker))
                        .toCompletableFuture())
                .toList();
        assertThat(responses.subList(0, max)).noneMatch(CompletableFuture::isDone);
        assertThat(responses.subList(max, max + 44))
                .allSatisfy(response -> assertThat(response).isCompletedExceptionally());
        assertRejected(503, () -> node.preview(site.url("one-more.example", "/stuck")));
        open.countDown();
        for (CompletableFuture<String> response : responses) {
            assertThat(response).failsWithin(Duration.ofMinutes(1));
        }
    }

    @Test
    void previewsAreFetchedAndStoredByLanguage() throws Exception {
        site.on("/languages", exchange -> {
            String language = exchange.getRequestHeaders().getFirst("Accept-Language");
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            TestSite.send(exchange, 200, ("<title>" + language + "</title>").getBytes(StandardCharsets.UTF_8));
        });
        String url = site.url("/languages");
        for (String language : List.of("de-de,de;q=0.9", "fr", "de-de,de;q=0.9")) {
            assertThat(node.preview(new PreviewRequest(
                                    url, Optional.empty(), Optional.of(language), "@alice:example.org"))
                            .getString("og:title"))
                    .isEqualTo(language);
        }
        assertThat(title("/languages")).isEqualTo("en");
        assertThat(site.requests("/languages")).hasSize(3);
    }

    @Test
    void theUserAgentIdentifiesTheServer() throws Exception {
        title("/title-only");
        assertThat(site.requests("/title-only").get(0).headers().getFirst("User-Agent"))
                .contains("Mediakeep")
                .contains("bot");
        assertThat(site.requests("/title-only").get(0).headers())
                .doesNotContainKeys("Cookie", "Referer", "Authorization");
    }

    @Test
    void invalidUrlsAreRejected() {
        for (String url : List.of("x", "ftp://site.example/", "file:///etc/passwd", "data:text/html,x", "http://a@/")) {
            assertRejected(400, () -> node.preview(url));
        }
    }

    @Test
    void aFailingSiteIsABadGateway() throws Exception {
        site.on("/broken", exchange -> TestSite.send(exchange, 500, new byte[0]));
        assertRejected(502, () -> node.preview(site.url("/broken")));
        assertRejected(502, () -> node.preview(site.url("/no-such-page")));
        assertRejected(502, () -> node.preview("http://nowhere.invalid/"));
        assertRejected(502, () -> node.preview("http://site.example:1/"));
        SSLContext unknown =
                new TestCertificates(Files.createDirectory(directory.resolve("certificates"))).server("site.example");
        try (RawServer secure = new RawServer(unknown, (head, connection) -> connection.close())) {
            assertRejected(502, () -> node.preview("https://site.example:" + secure.port() + "/"));
        }
        site.redirect("/loop", "/loop");
        assertRejected(502, () -> node.preview(site.url("/loop")));
    }

    @Test
    void aTooSlowSiteIsAGatewayTimeout() throws Exception {
        PreviewSettings defaults = PreviewSettings.DEFAULTS;
        PreviewSettings settings = new PreviewSettings(
                true,
                defaults.maxPageSize(),
                defaults.maxImageSize(),
                Duration.ofMillis(300),
                defaults.cacheTtl(),
                defaults.requestHeaders(),
                List.of(),
                List.of());
        CountDownLatch open = new CountDownLatch(1);
        site.on("/stuck", exchange -> {
            await(open);
            TestSite.send(exchange, 404, new byte[0]);
        });
        try (PreviewNode other = PreviewNode.onH2(directory.resolve("hasty"), settings)) {
            assertRejected(504, () -> other.preview(site.url("/stuck")));
        }
        open.countDown();
    }

    @Test
    void aFailureIsCachedForAMinute() throws Exception {
        site.on("/flaky", exchange -> TestSite.send(exchange, 503, new byte[0]));
        assertRejected(502, () -> node.preview(site.url("/flaky")));
        site.page("/flaky", "<title>Back again</title>");
        node.clock.advance(MINUTE.minusSeconds(1));
        assertRejected(502, () -> node.preview(site.url("/flaky")));
        assertThat(site.requests("/flaky")).hasSize(1);
        node.clock.advance(Duration.ofSeconds(1));
        assertThat(title("/flaky")).isEqualTo("Back again");
    }

    @Test
    void anImageUrlIsPreviewed() throws Exception {
        JsonObject preview = node.preview(site.url("/pictures/123x45.png?size=large"));
        assertThat(preview).isEmpty(); // it has no Content-Type of an image
        site.on("/photo of me.png", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "Image/PNG");
            TestSite.send(exchange, 200, site.image("/pictures/123x45.png"));
        });
        JsonObject direct = node.preview(site.url("/photo%20of%20me.png"));
        assertThat(direct.getString("og:title")).isEqualTo("photo of me.png");
        assertThat(direct.getInt("og:image:width")).isEqualTo(123);
        assertThat(direct.getInt("og:image:height")).isEqualTo(45);
        assertThat(direct.getInt("matrix:image:size")).isEqualTo(site.image("/pictures/123x45.png").length);
        assertThat(node.content(direct.getString("og:image")).fileName()).contains("photo of me.png");
    }

    private void cached(String path, String control) {
        site.on(path, exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.getResponseHeaders().set("Cache-Control", control);
            TestSite.send(exchange, 200, "<title>Cached</title>".getBytes(StandardCharsets.UTF_8));
        });
    }

    private String title(String path) throws Exception {
        return node.preview(site.url(path)).getString("og:title");
    }

    private String titleAt(String path, Instant at) throws Exception {
        return node.preview(site.url(path), at).getString("og:title");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assertRejected(int status, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        exception -> assertThat(exception.status()).isEqualTo(status));
    }
}
