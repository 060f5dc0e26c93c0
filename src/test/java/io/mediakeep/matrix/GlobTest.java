package io.mediakeep.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({
        "example.org, example.org",
        "example.org, EXAMPLE.org",
        "*.example.org, a.b.example.org",
        "*, anything",
        "'*', ''",
        "e?ample.org, example.org",
        "*ex*e*, example",
        "image/*, image/svg+xml",
        "a.(b)[c]\\E{d}, a.(b)[c]\\E{d}",
    })
    void matches(String glob, String candidate) {
        assertThat(new Glob(glob).matches(candidate)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "example.org, exampleXorg",
        "example.org, an.example.org",
        "example.org, example.org.evil",
        "*.example.org, example.org",
        "e?ample.org, eample.org",
        "image/*, video/image/png",
    })
    void doesNotMatch(String glob, String candidate) {
        assertThat(new Glob(glob).matches(candidate)).isFalse();
    }
}
