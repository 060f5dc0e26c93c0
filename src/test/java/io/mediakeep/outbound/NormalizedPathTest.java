package io.mediakeep.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizedPathTest {

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/b, /a/b",
        "/a/b/, /a/b/",
        "/a/./b, /a/b",
        "/a/../b, /b",
        "/../../b, /b",
        "/a/.., /",
        "/a/b/., /a/b/",
        "/a//../b, /a/b",
        "//a, //a",
        "/%73ecret, /secret",
        "/%2e/secret, /secret",
        "/a/%2E%2e/secret, /secret",
        "/a/.%2e/%2e%2e/secret, /secret",
        "/%7Euser/%2d%5f, /~user/-_",
        "/a%2fb%c3%bc, /a%2Fb%C3%BC",
        "/x/..%2fsecret, /x/..%2Fsecret",
        "/%252e%252e/x, /%252e%252e/x",
        "/..., /...",
        "/100%, /100%",
    })
    void equivalentPathsHaveOneForm(String path, String normal) {
        assertThat(NormalizedPath.of(path)).isEqualTo(normal);
        assertThat(NormalizedPath.of(normal)).isEqualTo(normal);
    }
}
