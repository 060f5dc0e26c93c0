package io.mediakeep.preview.url;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebUrlTest {

    @ParameterizedTest
    @CsvSource({
        "HTTP://Example.ORG, http://example.org/",
        "https://example.org:443/a, https://example.org/a",
        "http://example.org:80, http://example.org/",
        "http://example.org:443/, http://example.org:443/",
        "https://example.org/a/./b/../c, https://example.org/a/c",
        "https://example.org/../../a, https://example.org/a",
        "https://example.org/a#fragment, https://example.org/a",
        "https://example.org/a?, https://example.org/a",
        "https://example.org?q=1, https://example.org/?q=1",
        "https://example.org/a b, https://example.org/a%20b",
        "https://example.org/ä?ö=ü, https://example.org/%C3%A4?%C3%B6=%C3%BC",
        "https://example.org/%7Ea%2fb, https://example.org/~a%2Fb",
        "https://example.org/100%, https://example.org/100%25",
        "https://bücher.example/, https://xn--bcher-kva.example/",
        "https://１２７.0.0.1/, https://127.0.0.1/",
        "https:\\\\example.org\\a, https://example.org/a",
        "https:/example.org/a, https://example.org/a",
        "https:example.org/a, https://example.org/a",
        "'  https://example.org/a  ', https://example.org/a",
        "http://[::1]:8080/a, http://[::1]:8080/a",
        "https://user:secret@example.org/a, https://example.org/a",
        "https://good.example@example.org:8443/, https://example.org:8443/",
        "https://b%C3%BCcher.example/, https://xn--bcher-kva.example/",
        "https://My_Site.example/a, https://my_site.example/a",
        "https://r3---sn-x.example/, https://r3---sn-x.example/",
        "https://example.org:000443/a, https://example.org/a",
        "https://example.org:08443/a, https://example.org:8443/a",
        "http:\\\\example.org\\a//b, http://example.org/a//b",
        "'https://example.org/a?b=[1]|{2}', https://example.org/a?b=%5B1%5D%7C%7B2%7D"
    })
    void isNormalised(String text, String normal) {
        assertThat(WebUrl.parse(text)).map(WebUrl::toString).contains(normal);
        assertThat(WebUrl.parse(normal)).map(WebUrl::toString).contains(normal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.org",
                "ftp://example.org/",
                "file:///etc/passwd",
                "data:text/html,x",
                "javascript:alert(1)",
                "mailto:a@example.org",
                "https://",
                "https:///",
                "https://@/",
                "https://a%2fb/",
                "https://a%00b/",
                "https://example.org:65536/",
                "https://example.org:port/",
                "https://exa mple.org/",
                "https://[::1/",
                "https://a..b/"
            })
    void invalidUrlsAreRejected(String text) {
        assertThat(WebUrl.parse(text)).isEmpty();
    }

    @Test
    void tooLongUrlsAreRejected() {
        assertThat(WebUrl.parse("https://example.org/" + "a".repeat(WebUrl.MAX_LENGTH)))
                .isEmpty();
        assertThat(WebUrl.parse("https://example.org/").orElseThrow().resolve(" ".repeat(1_000_000) + "x"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "c, https://example.org/a/c",
        "./c?d#e, https://example.org/a/c?d",
        "../c, https://example.org/c",
        "../../../c, https://example.org/c",
        "/c, https://example.org/c",
        "//other.example/c, https://other.example/c",
        "?c=1, https://example.org/a/b?c=1",
        "#c, https://example.org/a/b?x=1",
        "'', https://example.org/a/b?x=1",
        "http://other.example, http://other.example/",
        "c:d, ",
        "https:c, https://example.org/a/c",
        "HTTPS:/c, https://example.org/c",
        "https:, https://example.org/a/b?x=1",
        "http:other.example/c, http://other.example/c",
        "https:\\\\other.example\\c, https://other.example/c",
        "javascript:x, ",
        "a/b:c, https://example.org/a/a/b:c"
    })
    void relativeUrlsAreResolvedAsByBrowsers(String link, String target) {
        WebUrl page = WebUrl.parse("https://example.org/a/b?x=1").orElseThrow();
        assertThat(page.resolve(link).map(WebUrl::toString).orElse(null)).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org/a?utm_source=x&b=1&fbclid=y, https://example.org/a?b=1",
        "https://example.org/a?utm_source=x, https://example.org/a",
        "https://example.org/a?b=1&c=2, https://example.org/a?b=1&c=2",
        "https://example.org/a, https://example.org/a"
    })
    void trackingParametersAreRemoved(String text, String plain) {
        assertThat(TrackingParameters.removeFrom(WebUrl.parse(text).orElseThrow()))
                .hasToString(plain);
    }
}
