package io.mediakeep.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/", "/_matrix/media/v3/download/example.org/cat", "/a//b", "/a/", "/a/../b", "/%2e%2e/b", "/a%2Fb",
                "/caf%C3%A9", "/%ff", "/a;b=c", "/a:8448/b", "/%5B::1%5D/cat", "/a%0d%0ab", "/~a!$&'()*+,;=@"
            })
    void aValidPathIsAccepted(String path) {
        assertThat(RequestTarget.isValid(path, null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "a",
                "a/b",
                "//",
                "//a/b",
                "http://example.org/",
                "/%",
                "/%z",
                "/%zz",
                "/a%00b",
                "/a b",
                "/a|b",
                "/a\\b",
                "/{a}",
                "/<a>",
                "/a^b",
                "/a`b",
                "/a\"b",
                "/a\u0000b",
                "/a\nb",
                "/a[b"
            })
    void anInvalidPathIsRejected(String path) {
        assertThat(RequestTarget.isValid(path, null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a=b&c=d", "a=%20", "a=%00", "a=b?c", "a=http://example.org/?b", "a=%ff", "=&=&"})
    void aValidQueryIsAccepted(String query) {
        assertThat(RequestTarget.isValid("/a", query)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "a=%zz", "a=b c", "a=\"", "a={}", "a=|", "a=b#c#d"})
    void anInvalidQueryIsRejected(String query) {
        assertThat(RequestTarget.isValid("/a", query)).isFalse();
    }

    @Test
    void aTargetWithoutAPathIsRejected() {
        assertThat(RequestTarget.isValid(null, null)).isFalse();
        assertThat(RequestTarget.isValid(null, "a=b")).isFalse();
    }
}
