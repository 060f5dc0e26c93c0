package io.mediakeep.outbound;

import static io.mediakeep.outbound.http.TestOutboundClient.assertKind;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.outbound.OutboundException.Kind;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetUrlTest {

    @ParameterizedTest
    @CsvSource({
        "http://example.org, http://example.org/",
        "HTTPS://Example.ORG:443/a?b=c#d, https://example.org/a?b=c",
        "http://example.org:443/, http://example.org:443/",
        "https://example.org:80, https://example.org:80/",
        "http://example.org:/, http://example.org/",
        "http://example.org?q, http://example.org/?q",
        "http://0x7f.1:8080/, http://127.0.0.1:8080/",
        "http://[::FFFF:7f00:1]/, http://127.0.0.1/",
        "http://[2001:DB8::0]:8448/x, http://[2001:db8::]:8448/x",
        "http://foo_bar.example/, http://foo_bar.example/",
        "http://bücher.example/größe?ü, http://xn--bcher-kva.example/gr%C3%B6%C3%9Fe?%C3%BC",
        "http://example.org//evil.example/x, http://example.org//evil.example/x",
        "http://example.org/a/../%73ecret/./x, http://example.org/secret/x",
        "http://example.org/%2e%2e/x?a=/../%2e, http://example.org/x?a=/../%2e",
    })
    void urlsAreNormalised(URI given, URI canonical) throws Exception {
        assertThat(TargetUrl.of(given).uri()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.org/",
                "file:///etc/passwd",
                "gopher://example.org/",
                "data:text/plain,x",
                "mailto:a@b",
                "//example.org/",
                "/etc/passwd",
                "http:/example.org",
                "http:example.org",
                "http:///x",
                "http://user@example.org/",
                "http://user:word@example.org/",
                "http://@example.org/",
                "http://example.org:0/",
                "http://example.org:65536/",
                "http://example.org:999999/",
                "http://example.org:80:80/",
                "http://127.0.0.1%2F@example.org/",
                "http://example.org/\u1FEF"
            })
    void rejectsInvalidTargets(String url) {
        assertKind(Kind.DENIED, () -> TargetUrl.of(URI.create(url)));
    }

    @ParameterizedTest
    @CsvSource({
        "/x, http://example.org/x",
        "x, http://example.org/a/x",
        "../x, http://example.org/x",
        "?x=y, http://example.org/a/b?x=y",
        "#top, http://example.org/a/b?c",
        "//other.example/x, http://other.example/x",
        "https://other.example, https://other.example/",
        "'/with space', http://example.org/with%20space",
        "/bytes\u00C3\u00BC, http://example.org/bytes%C3%BC",
        "http://b\u00C3\u00BCcher.example/, http://xn--bcher-kva.example/",
        "/100%, http://example.org/100%25",
        "/a%20b, http://example.org/a%20b",
        "/a/../secret/y, http://example.org/secret/y",
        "http://example.org/a/../secret/y, http://example.org/secret/y",
        "%2e%2e/secret, http://example.org/secret",
        "'/{x}|y', http://example.org/%7Bx%7D%7Cy",
    })
    void followsALocation(String location, URI next) throws Exception {
        assertThat(TargetUrl.of(URI.create("http://example.org/a/b?c"))
                        .follow(location)
                        .uri())
                .isEqualTo(next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://a\\@b/", "http://user@127.0.0.1/", "ftp://example.org/", "javascript:alert(1)"})
    void rejectsALocationThatIsNoValidTarget(String location) throws Exception {
        TargetUrl here = TargetUrl.of(URI.create("http://example.org/"));
        assertKind(Kind.DENIED, () -> here.follow(location));
    }

    @Test
    void anInvalidLocationIsABadResponse() throws Exception {
        TargetUrl here = TargetUrl.of(URI.create("http://example.org/"));
        assertKind(Kind.BAD_RESPONSE, () -> here.follow("http://[::1/"));
    }

    @Test
    void anOriginIsSchemeHostAndPort() throws Exception {
        TargetUrl here = TargetUrl.of(URI.create("https://example.org/a"));
        assertThat(here.sameOrigin(TargetUrl.of(URI.create("https://EXAMPLE.org.:443/b"))))
                .isTrue();
        assertThat(here.sameOrigin(TargetUrl.of(URI.create("http://example.org/a"))))
                .isFalse();
        assertThat(here.sameOrigin(TargetUrl.of(URI.create("https://example.org:8448/a"))))
                .isFalse();
        assertThat(here.sameOrigin(TargetUrl.of(URI.create("https://www.example.org/a"))))
                .isFalse();
    }
}
