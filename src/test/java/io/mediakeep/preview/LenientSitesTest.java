package io.mediakeep.preview;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.mediakeep.preview.url.UrlRules;
import io.mediakeep.testing.server.TestSite;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sites that violate the standards, but that browsers show. */
class LenientSitesTest extends PreviewFixture {
    private static final String PAGE =
            "<!DOCTYPE html><html><head><title>A title</title></head><body>text</body></html>";

    @ParameterizedTest
    @ValueSource(strings = {"/web/2018/https://example.org/a.html", "/a//b///c"})
    void aPathIsRequestedAsWritten(String path) throws Exception {
        site.page(path, PAGE);
        assertThat(node.preview(site.url(path)).getString("og:title")).isEqualTo("A title");
        assertThat(site.requests().get(0).uri()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/xml",
                "application/xml; charset=utf-8",
                "text/plain",
                "Application/Octet-Stream",
                "unknown/unknown"
            })
    void aPageIsRecognisedByItsFirstBytes(String type) throws Exception {
        typed("/page", type, "\uFEFF \n<!-- a comment -->\n" + PAGE);
        typed("/xhtml", type, "<?xml version=\"1.0\"?>\n" + PAGE);
        assertThat(node.preview(site.url("/page")).getString("og:title")).isEqualTo("A title");
        assertThat(node.preview(site.url("/xhtml")).getString("og:title")).isEqualTo("A title");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"title\": \"<html>\"}", "<?xml version=\"1.0\"?><rss><title>News</title></rss>", "plain text"
            })
    void contentThatIsNoPageIsNotParsed(String text) throws Exception {
        typed("/text", "", text);
        assertThat(node.preview(site.url("/text"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "UTF8", "none", "identity"})
    void anUnknownContentCodingIsIgnored(String coding) throws Exception {
        site.on("/page", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.getResponseHeaders().set("Content-Encoding", coding);
            TestSite.send(exchange, 200, PAGE.getBytes(StandardCharsets.UTF_8));
        });
        assertThat(node.preview(site.url("/page")).getString("og:title")).isEqualTo("A title");
    }

    @Test
    void aTruncatedCompressedPageIsParsedUpToItsEnd() throws Exception {
        byte[] packed = compressed(PAGE + "<p>" + "word ".repeat(5000));
        for (int missing : new int[] {1, 8, 9, packed.length / 4}) {
            site.on("/page" + missing, exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                TestSite.send(exchange, 200, Arrays.copyOf(packed, packed.length - missing));
            });
            assertThat(node.preview(site.url("/page" + missing)).getString("og:title"))
                    .isEqualTo("A title");
        }
    }

    @Test
    void theNextImageIsUsedWhenTheFirstIsInvalid() throws Exception {
        site.on("/drawing.svg", exchange -> typedResponse(exchange, "image/svg+xml", "<svg/>"));
        site.page(
                "/page",
                "<meta property='og:image' content='/lost.png'><meta property='og:image' content='/drawing.svg'>"
                        + "<meta property='og:image' content='/pictures/70x50.png'><title>A title</title>");
        JsonObject preview = node.preview(site.url("/page"));
        assertThat(preview.getInt("og:image:width")).isEqualTo(70);
    }

    @Test
    void atMostThreeImagesAreTried() throws Exception {
        StringBuilder page = new StringBuilder("<title>A title</title>");
        for (int i = 0; i < 10; i++) {
            page.append("<meta property='og:image' content='/lost").append(i).append(".png'>");
        }
        site.page("/page", page.toString());
        assertThat(node.preview(site.url("/page"))).doesNotContainKey("og:image");
        assertThat(site.requests()).hasSize(1 + 3);
    }

    @Test
    void aLazilyLoadedImageReplacesItsPlaceholder() throws Exception {
        site.page("/data", "<img src='/pictures/60x60.gif' data-src='/pictures/90x60.png'>");
        site.page(
                "/set",
                "<img src='data:image/gif;base64,R0lGOD' srcset='/pictures/50x50.png 1x, /pictures/100x100.png 2x'>");
        site.page(
                "/lazy",
                "<img src='/pictures/60x60.gif' data-srcset='/pictures/80x80.png 80w, /pictures/64x64.png 64w'>");
        assertThat(node.preview(site.url("/data")).getInt("og:image:width")).isEqualTo(90);
        assertThat(node.preview(site.url("/set")).getInt("og:image:width")).isEqualTo(100);
        assertThat(node.preview(site.url("/lazy")).getInt("og:image:width")).isEqualTo(80);
    }

    @Test
    void jsonLdMayHaveCommentsAndControlCharacters() throws Exception {
        site.page(
                "/page",
                "<title>Site</title><script type='application/ld+json'>// made by a plugin\n{ /* the \"article\" */"
                        + " \"@type\": \"Article\", \"headline\": \"A /* real */ // head\nline\","
                        + " \"description\": \"with a \\\"quote\\\"\tand a tab\" } // end</script>");
        JsonObject preview = node.preview(site.url("/page"));
        assertThat(preview.getString("og:title")).isEqualTo("A /* real */ // head line");
        assertThat(preview.getString("og:description")).isEqualTo("with a \"quote\" and a tab");
    }

    @Test
    void cookiesAreSentWithinOnePreviewToTheirSite() throws Exception {
        site.on("/wall", exchange -> {
            String cookie = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
            if (cookie.contains("seen=1")) {
                typedResponse(exchange, "text/html", PAGE);
            } else {
                exchange.getResponseHeaders().add("Set-Cookie", "seen=1; Path=/; HttpOnly");
                exchange.getResponseHeaders().add("Set-Cookie", "all=1; Domain=example");
                exchange.getResponseHeaders().set("Location", site.url("/wall"));
                TestSite.send(exchange, 302, new byte[0]);
            }
        });
        assertThat(node.preview(site.url("/wall")).getString("og:title")).isEqualTo("A title");
        assertThat(site.requests("/wall")).hasSize(2);
        site.page("/after", PAGE);
        node.preview(site.url("/after"));
        assertThat(site.requests("/after").get(0).headers()).doesNotContainKey("Cookie");
        site.on("/away", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "mine=1; Path=/");
            exchange.getResponseHeaders().set("Location", site.otherUrl("/landing"));
            TestSite.send(exchange, 302, new byte[0]);
        });
        site.page("/landing", PAGE);
        node.preview(site.url("/away"));
        assertThat(site.requests("/landing").get(0).headers()).doesNotContainKey("Cookie");
    }

    @Test
    void aTitleThatIsTheNameOfTheSiteIsReplacedByTheHeadline() throws Exception {
        String site = "<meta property='og:site_name' content='The News'><meta property='og:title' content=' the news'>";
        String data =
                "<script type='application/ld+json'>{\"@type\": \"Article\", \"headline\": \"It rains\"}</script>";
        this.site.page("/data", site + data + "<h1>Another</h1>");
        this.site.page("/heading", site + "<h1>It <em>snows</em></h1>");
        this.site.page("/headings", site + "<h1>It snows</h1><h1>It rains</h1>");
        this.site.page("/", site + "<h1>Welcome</h1>");
        assertThat(titleOf("/data")).isEqualTo("It rains");
        assertThat(titleOf("/heading")).isEqualTo("It snows");
        assertThat(titleOf("/headings")).isEqualTo("the news");
        assertThat(titleOf("/")).isEqualTo("the news");
    }

    private String titleOf(String path) throws Exception {
        return node.preview(site.url(path)).getString("og:title");
    }

    @Test
    void rulesApplyToInvalidHostNames() {
        UrlRules rules = new UrlRules(List.of("deny http://my_site.example:8080", "deny *.my_own.example"));
        assertThat(rules.permit(URI.create("http://my_site.example:8080/a"))).isFalse();
        assertThat(rules.permit(URI.create("http://my_site.example/a"))).isTrue();
        assertThat(rules.permit(URI.create("https://a.my_own.example/a"))).isFalse();
    }

    private void typed(String path, String type, String text) {
        site.on(path, exchange -> typedResponse(exchange, type, text));
    }

    private static void typedResponse(HttpExchange exchange, String type, String text) throws IOException {
        if (!type.isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", type);
        }
        TestSite.send(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] compressed(String text) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return packed.toByteArray();
    }
}
