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
 * No page can send us where its author may not look himself: every address that is derived from a page goes through the
 * guard and the operator's rules, as the one that a user sent does.
 */
class UrlRulesOverHttpTest extends PreviewFixture {
    /** Addresses of a secret on the same site; {@code PORT} is its port. */
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
    void haveSecrets() {
        site.page("/secret", "<title>Secret</title>");
        site.page("/denied/secret", "<title>Secret</title>");
    }

    @AfterEach
    void noSecretWasAskedFor() {
        assertThat(site.requests()).noneMatch(request -> request.uri().contains("secret"));
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void notByTheAddressItself(String inside) {
        assertThatThrownBy(() -> node.preview(here(inside)))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        refusal -> assertThat(refusal.status()).isEqualTo(statusOf(here(inside))));
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void notByARedirect(String inside) {
        site.redirect("/moved", here(inside));
        assertThatThrownBy(() -> node.preview(site.url("/moved"))).isInstanceOf(MatrixException.class);
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void notByARedirectOfAPicture(String inside) throws Exception {
        site.redirect("/moved.png", here(inside));
        site.page("/page", "<title>Page</title><meta property=og:image content=/moved.png>");
        onlyTheTitle(node.preview(site.url("/page")));
        assertThat(site.requests("/moved.png")).hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void notByAPicture(String inside) throws Exception {
        site.page("/page", "<title>Page</title><meta property=og:image content='" + here(inside) + "'>");
        onlyTheTitle(node.preview(site.url("/page")));
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void notByAnIcon(String inside) throws Exception {
        site.page("/page", "<title>Page</title><link rel=icon href='" + here(inside) + "'>");
        onlyTheTitle(node.preview(site.url("/page")));
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void notByABaseAddress(String inside) throws Exception {
        site.page(
                "/page",
                "<base href='" + here(inside) + "/'><title>Page</title><img src=picture.png>"
                        + "<link rel=alternate type=application/json+oembed href=answer.json>");
        onlyTheTitle(node.preview(site.url("/page")));
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void notByAnOEmbedLink(String inside) throws Exception {
        site.page(
                "/page",
                "<title>Page</title><link rel=alternate type=application/json+oembed href='" + here(inside) + "'>");
        onlyTheTitle(node.preview(site.url("/page")));
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void notByARedirectOfOEmbed(String inside) throws Exception {
        site.redirect("/oembed", here(inside));
        site.page("/page", "<title>Page</title><link rel=alternate type=application/json+oembed href=/oembed>");
        onlyTheTitle(node.preview(site.url("/page")));
        assertThat(site.requests("/oembed")).hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void notByAPictureInAnOEmbedAnswer(String inside) throws Exception {
        site.page("/oembed", "{\"type\": \"photo\", \"title\": \"Page\", \"url\": \"" + here(inside) + "\"}");
        site.page("/page", "<link rel=alternate type=application/json+oembed href=/oembed>");
        onlyTheTitle(node.preview(site.url("/page")));
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void notByAPictureInAScript(String inside) throws Exception {
        site.page(
                "/page",
                "<title>Page</title><script type=application/ld+json>{\"@type\": \"Article\", \"image\": \""
                        + here(inside) + "\"}</script>");
        onlyTheTitle(node.preview(site.url("/page")));
    }

    @ParameterizedTest
    @FieldSource("INSIDE")
    void notByARefresh(String inside) throws Exception {
        site.page("/page", "<title>Page</title><meta http-equiv=refresh content='0;url=" + here(inside) + "'>");
        if (WebUrl.parse(here(inside)).isPresent()) {
            assertThatThrownBy(() -> node.preview(site.url("/page")))
                    .isInstanceOfSatisfying(
                            MatrixException.class,
                            refusal -> assertThat(refusal.status()).isEqualTo(502));
        } else {
            onlyTheTitle(node.preview(site.url("/page")));
        }
    }

    @Test
    void notByAProviderOfTheOperator() throws Exception {
        site.page("/page", "<title>Page</title>");
        onlyTheTitle(node.preview(site.url("provided.example", "/page")));
    }

    @Test
    void aRefusalTellsNothingOfWhatIsInside() {
        assertThatThrownBy(() -> node.preview(here("http://inside.example:PORT/secret")))
                .hasMessageNotContaining("127.0.0.2")
                .hasMessageNotContaining("inside");
    }

    @Test
    void aNameOfTheInsideIsAnsweredAsOneThatDoesNotExist() {
        site.redirect("/in", here("http://inside.example:PORT/secret"));
        site.redirect("/out", here("http://nowhere.invalid:PORT/secret"));
        String answer = refusal(here("http://nowhere.invalid:PORT/secret"));
        assertThat(answer).startsWith("502 ");
        assertThat(refusal(here("http://inside.example:PORT/secret"))).isEqualTo(answer);
        assertThat(refusal(site.url("/in"))).isEqualTo(answer);
        assertThat(refusal(site.url("/out"))).isEqualTo(answer);
    }

    private String refusal(String url) {
        MatrixException refusal = catchThrowableOfType(MatrixException.class, () -> node.preview(url));
        return refusal.status() + " " + refusal.code() + " " + refusal.getMessage();
    }

    /** What the rules forbid is told before anybody is asked; all else as what cannot be found. */
    private static int statusOf(String url) {
        boolean byRule = url.contains("denied");
        return WebUrl.parse(url).isEmpty() ? 400 : byRule ? 403 : 502;
    }

    private String here(String address) {
        return address.replace("PORT", Integer.toString(site.port()));
    }

    private static void onlyTheTitle(JsonObject preview) {
        assertThat(preview).hasToString("{\"og:title\":\"Page\"}");
    }
}
