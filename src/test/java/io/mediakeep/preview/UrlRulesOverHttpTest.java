package io.mediakeep.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.preview.url.WebUrl;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * No page can cause requests that its author must not make: every URL derived from a page is checked against the
 * address policy and the configured rules, as the requested URL is.
 */
class UrlRulesOverHttpTest extends PreviewFixture {
    /** URLs of a secret on the same site; {@code PORT} is its port. */
    static final List<String> INSIDE = List.of(
            "http://inside.example:PORT/secret",
            "http://127.0.0.2:PORT/secret",
            "http://2130706434:PORT/secret",
            "http://0x7f.2:PORT/secret",
            "http://[::ffff:127.0.0.2]:PORT/secret",
            "http://[::1]:PORT/secret",
            "http://169.254.169.254/latest/meta-data/",
            "http://denied.example:PORT/secret",
            "http://site.example:PORT/denied/secret",
            "file:///etc/passwd",
            "ftp://site.example:PORT/secret");

    @Override
    PreviewSettings settings() {
        PreviewSettings defaults = PreviewSettings.DEFAULTS;
        return new PreviewSettings(
                true,
                defaults.maxPageSize(),
                defaults.maxImageSize(),
                defaults.timeout(),
                defaults.cacheTtl(),
                defaults.requestHeaders(),
                List.of("deny denied.example", "deny *.example/denied/*"),
                List.of("provided.example/* http://inside.example/oembed"));
    }

    @BeforeEach
    void serveSecrets() {
        site.page("/secret", "<title>Secret</title>");
        site.page("/denied/secret", "<title>Secret</title>");
    }

    @AfterEach
    void assertNoSecretRequested() {
        assertThat(site.requests()).noneMatch(request -> request.uri().contains("secret"));
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void theUrlItselfIsChecked(String inside) {
        assertThatThrownBy(() -> node.preview(here(inside)))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        exception -> assertThat(exception.status()).isEqualTo(statusOf(here(inside))));
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void aRedirectIsChecked(String inside) {
        site.redirect("/moved", here(inside));
        assertThatThrownBy(() -> node.preview(site.url("/moved"))).isInstanceOf(MatrixException.class);
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void aRedirectOfAnImageIsChecked(String inside) throws Exception {
        site.redirect("/moved.png", here(inside));
        assertOnlyTitle("<title>Page</title><meta property=og:image content=/moved.png>");
        assertThat(site.requests("/moved.png")).hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void anImageIsChecked(String inside) throws Exception {
        assertOnlyTitle("<title>Page</title><meta property=og:image content='" + here(inside) + "'>");
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void anIconIsChecked(String inside) throws Exception {
        assertOnlyTitle("<title>Page</title><link rel=icon href='" + here(inside) + "'>");
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void aBaseUrlIsChecked(String inside) throws Exception {
        assertOnlyTitle("<base href='" + here(inside) + "/'><title>Page</title><img src=picture.png>"
                + "<link rel=alternate type=application/json+oembed href=answer.json>");
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void anOEmbedLinkIsChecked(String inside) throws Exception {
        assertOnlyTitle(
                "<title>Page</title><link rel=alternate type=application/json+oembed href='" + here(inside) + "'>");
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void aRedirectOfOEmbedIsChecked(String inside) throws Exception {
        site.redirect("/oembed", here(inside));
        assertOnlyTitle("<title>Page</title><link rel=alternate type=application/json+oembed href=/oembed>");
        assertThat(site.requests("/oembed")).hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void anImageOfAnOEmbedResponseIsChecked(String inside) throws Exception {
        site.page("/oembed", "{\"type\": \"photo\", \"title\": \"Page\", \"url\": \"" + here(inside) + "\"}");
        assertOnlyTitle("<link rel=alternate type=application/json+oembed href=/oembed>");
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void anImageInJsonLdIsChecked(String inside) throws Exception {
        assertOnlyTitle("<title>Page</title><script type=application/ld+json>{\"@type\": \"Article\", \"image\": \""
                + here(inside) + "\"}</script>");
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void aMetaRefreshIsChecked(String inside) throws Exception {
        site.page("/page", "<title>Page</title><meta http-equiv=refresh content='0;url=" + here(inside) + "'>");
        if (WebUrl.parse(here(inside)).isPresent()) {
            assertThatThrownBy(() -> node.preview(site.url("/page")))
                    .isInstanceOfSatisfying(
                            MatrixException.class,
                            exception -> assertThat(exception.status()).isEqualTo(502));
        } else {
            assertOnlyTitle(node.preview(site.url("/page")));
        }
    }

    @Test
    void aConfiguredProviderIsChecked() throws Exception {
        site.page("/page", "<title>Page</title>");
        assertOnlyTitle(node.preview(site.url("provided.example", "/page")));
    }

    @Test
    void aRejectionDoesNotRevealWhetherAnInternalServiceExists() {
        assertThatThrownBy(() -> node.preview(here("http://inside.example:PORT/secret")))
                .hasMessageNotContaining("127.0.0.2")
                .hasMessageNotContaining("inside");
    }

    @Test
    void anInternalNameHasTheSameErrorAsAnUnknownOne() {
        site.redirect("/in", here("http://inside.example:PORT/secret"));
        site.redirect("/out", here("http://nowhere.invalid:PORT/secret"));
        String response = error(here("http://nowhere.invalid:PORT/secret"));
        assertThat(response).startsWith("502 ");
        assertThat(error(here("http://inside.example:PORT/secret"))).isEqualTo(response);
        assertThat(error(site.url("/in"))).isEqualTo(response);
        assertThat(error(site.url("/out"))).isEqualTo(response);
    }

    private String error(String url) {
        MatrixException exception = catchThrowableOfType(MatrixException.class, () -> node.preview(url));
        return exception.status() + " " + exception.code() + " " + exception.getMessage();
    }

    /** URLs that the rules deny are rejected before any request; all others have the error of a missing page. */
    private static int statusOf(String url) {
        boolean byRule = url.contains("denied");
        return WebUrl.parse(url).isEmpty() ? 400 : byRule ? 403 : 502;
    }

    private String here(String address) {
        return address.replace("PORT", Integer.toString(site.port()));
    }

    /** Checks that the preview of a page has its title and nothing from another URL. */
    private void assertOnlyTitle(String page) throws Exception {
        site.page("/page", page);
        assertOnlyTitle(node.preview(site.url("/page")));
    }

    private static void assertOnlyTitle(JsonObject preview) {
        assertThat(preview).hasToString("{\"og:title\":\"Page\"}");
    }
}
