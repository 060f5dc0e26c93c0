package io.mediakeep.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mediakeep.preview.page.OEmbedProviders;
import io.mediakeep.preview.url.UrlPattern;
import io.mediakeep.preview.url.UrlRules;
import io.mediakeep.preview.url.WebUrl;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlRulesTest {

    @ParameterizedTest
    @CsvSource({
        "example.org, https://example.org/, true",
        "example.org, http://EXAMPLE.org:8080/a?b, true",
        "example.org, https://example.org./, true",
        "example.org, https://www.example.org/, false",
        "example.org, https://example.org.evil.example/, false",
        "*.example.org, https://www.example.org/, true",
        "*.example.org, https://a.b.example.org/, true",
        "*.example.org, https://example.org/, false",
        "*.example.org, https://badexample.org/, false",
        "*, https://anything.example/, true",
        "https://example.org, http://example.org/, false",
        "http://*, https://example.org/, false",
        "*://example.org, http://example.org/, true",
        "example.org:8443, https://example.org:8443/, true",
        "example.org:443, https://example.org/, true",
        "example.org:80, https://example.org/, false",
        "*:*, https://example.org:1/, true",
        "example.org/wiki/*, https://example.org/wiki/Bowline, true",
        "example.org/wiki/*, https://example.org/wikis, false",
        "example.org/, https://example.org, true",
        "example.org/a?b=*, https://example.org/a?b=c, true",
        "example.org/a?bob=*, https://example.org/a?b%6Fb=c, true",
        "example.org/%7Ea, https://example.org/~a, true",
        "example.org/A, https://example.org/a, false",
        "[::1]:8080, http://[::1]:8080/, true"
    })
    void aPatternMatchesByItsParts(String pattern, String url, boolean matches) {
        assertThat(UrlPattern.parse(pattern).matches(URI.create(url))).isEqualTo(matches);
    }

    @Test
    void theFirstMatchingRuleApplies() {
        UrlRules rules = new UrlRules(List.of("allow example.org/public/*", "deny example.org", "deny *:8080"));
        assertThat(rules.permit(URI.create("https://example.org/public/a"))).isTrue();
        assertThat(rules.permit(URI.create("https://example.org/private"))).isFalse();
        assertThat(rules.permit(URI.create("https://other.example:8080/"))).isFalse();
        assertThat(rules.permit(URI.create("https://other.example/"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/secret",
                "/secret/x",
                "/%73ecret/x",
                "/%73%65%63%72%65%74",
                "/x/..%2fsecret",
                "/x/..%2Fsecret",
                "/x/..%5csecret",
                "/x/%2e%2e%2fsecret",
                "/%2e/secret",
                "/%2e%2e/secret",
                "/a/../secret/y",
                "/x/%2e%2E/secret",
                "/..;/secret",
                "//secret",
                "/;x/secret",
                "/%2fsecret"
            })
    void noSpellingOfADeniedPathIsPermitted(String path) {
        URI url = URI.create("http://host.example" + path);
        assertThat(new UrlRules(List.of("deny host.example/secret*")).permit(url))
                .isFalse();
        assertThat(new UrlRules(List.of("deny host.example/%73ecret*")).permit(url))
                .isFalse();
        assertThat(new UrlRules(List.of("allow host.example/x/*", "deny host.example")).permit(url))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/public", "/secre", "/%2573ecret", "/a/secret", "/x?next=/secret", "/secret/../x"})
    void otherPathsArePermitted(String path) {
        URI url = URI.create("http://host.example" + path);
        assertThat(new UrlRules(List.of("deny host.example/secret*")).permit(url))
                .isTrue();
    }

    @Test
    void denyingTheRestPermitsOnlyAllowedUrls() {
        UrlRules rules = new UrlRules(List.of("allow *.example.org", "deny *"));
        assertThat(rules.permit(URI.create("https://www.example.org/"))).isTrue();
        assertThat(rules.permit(URI.create("https://example.com/"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "permit example.org",
                "deny",
                "deny a b",
                "deny ftp://a",
                "deny a@b",
                "allow //"
            })
    void invalidRulesAreRejected(String rule) {
        assertThatIllegalArgumentException().isThrownBy(() -> new UrlRules(List.of(rule)));
    }

    @Test
    void aHostMayHaveItsOwnUserAgent() {
        UserAgents userAgents = new UserAgents("Usual/1", List.of("*.example.org Special/2 (like Usual)"));
        assertThat(userAgents.forUrl(URI.create("https://example.com/"))).isEqualTo("Usual/1");
        assertThat(userAgents.forUrl(URI.create("https://www.example.org/"))).isEqualTo("Special/2 (like Usual)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org", "example.org Bot\r\nCookie: a", "ftp://x Bot"})
    void anInvalidUserAgentIsRejected(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new UserAgents("Usual/1", List.of(text)));
    }

    @Test
    void anOEmbedProviderIsUsedForItsPages() {
        OEmbedProviders providers = new OEmbedProviders(List.of(
                "https://video.example/v/* https://video.example/oembed", "clips.example https://clips.example/?a=1"));
        assertThat(providers.endpoint(
                        WebUrl.parse("https://video.example/v/1?a=b&c").orElseThrow()))
                .map(WebUrl::toString)
                .contains(
                        "https://video.example/oembed?format=json&url=https%3A%2F%2Fvideo.example%2Fv%2F1%3Fa%3Db%26c");
        assertThat(providers.endpoint(WebUrl.parse("https://clips.example/1").orElseThrow()))
                .map(WebUrl::toString)
                .contains("https://clips.example/?a=1&format=json&url=https%3A%2F%2Fclips.example%2F1");
        assertThat(providers.endpoint(
                        WebUrl.parse("https://video.example/about").orElseThrow()))
                .isEmpty();
        assertThat(providers.endpoint(
                        WebUrl.parse("https://www.youtube.com/watch?v=1").orElseThrow()))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "video.example", "video.example ftp://a", "a b c"})
    void anInvalidProviderIsRejected(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new OEmbedProviders(List.of(text)));
    }
}
