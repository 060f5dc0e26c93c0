package io.mediakeep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MxcTest {
    private static final String MAX_LENGTH = "x".repeat(255);

    @ParameterizedTest
    @ValueSource(strings = {"a", "Cat-_09", "-", "_"})
    void acceptsMediaIds(String mediaId) {
        assertThat(Mxc.requested("example.org", mediaId)).hasToString("mxc://example.org/" + mediaId);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../cat", "a/b", "a%2Fb", "cat\0", "c\u00e4t", "a b", "cat\n", "a;b"})
    void rejectsMediaIdsWithPathCharacters(String mediaId) {
        assertThatThrownBy(() -> Mxc.requested("example.org", mediaId))
                .isInstanceOfSatisfying(
                        MatrixException.class,
                        exception -> assertThat(exception.status()).isEqualTo(404));
        assertThatThrownBy(() -> new Mxc(new ServerName("example.org"), mediaId))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMediaIdHasAtMost255Characters() {
        assertThat(Mxc.requested("example.org", MAX_LENGTH).mediaId()).hasSize(255);
        assertThatThrownBy(() -> Mxc.requested("example.org", MAX_LENGTH + "x")).isInstanceOf(MatrixException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org",
                "Example.ORG",
                "localhost",
                "1.2.3.4",
                "example.org:8448",
                "[::1]",
                "[2001:db8::1]:80"
            })
    void acceptsServerNames(String name) {
        assertThat(new ServerName(name).value()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a_b",
                "a b",
                "example.org:",
                "example.org:123456",
                "::1",
                "[::1",
                "[zz]",
                "ex\u00e4mple.org",
                "a/b",
                "@a:b",
                "example.org:8448\n",
                ":80"
            })
    void rejectsInvalidServerNames(String name) {
        assertThat(ServerName.isValid(name)).isFalse();
        assertThatThrownBy(() -> Mxc.requested(name, "cat")).isInstanceOf(MatrixException.class);
    }

    @Test
    void parsesItsTextForm() {
        Mxc mxc = new Mxc(new ServerName("[2001:db8::1]:8448"), "cat");
        assertThat(Mxc.parse(mxc.toString())).isEqualTo(mxc);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mxc://", "mxc://example.org", "mxc:///cat", "http://example.org/cat", "mxc://a/b/c"})
    void rejectsInvalidContentUris(String text) {
        assertThatThrownBy(() -> Mxc.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
