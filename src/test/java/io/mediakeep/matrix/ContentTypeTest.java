package io.mediakeep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTypeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "image/png | image/png",
                "IMAGE/Png | image/png",
                "image/png;a=b | image/png",
                "image/png ;a=b | image/png",
                "image/svg+xml; charset=\"a;b,c/d\" | image/svg+xml",
                "application/vnd.a.b-c+json;;;x=\"\" | application/vnd.a.b-c+json",
                "text/plain; | text/plain"
            })
    void theEssenceIsTypeAndSubtypeInLowerCase(String value, String essence) {
        assertThat(new ContentType(value).essence()).isEqualTo(essence);
        assertThat(ContentType.parse(" " + value + "\t").value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "/",
                "image",
                "image/",
                "/png",
                "a/b/c",
                "a b/c",
                "image/png image/gif",
                "image/png, image/gif",
                "text/plain;charset=utf-8,text/html",
                "text/plain;charset=\"utf-8\",text/html",
                "text/plain, text/html; charset=x",
                "image/png; foo",
                "image/png; a=",
                "image/png; =b",
                "image/png; a =b",
                "image/png; a=b c",
                "image/png; a=\"b",
                "image/png; a=\"b\"c",
                "image/png; a=\"\\\"",
                "image/png; a=\"b\nc\"",
                "image/png; a=\u00e4",
                "image/png\r\nX: y",
                "image/png\u0000",
                "*/*",
                "image/*",
                "\u0130mage/png"
            })
    void anInvalidTypeIsOctetStream(String header) {
        assertThat(ContentType.parse(header)).isEqualTo(ContentType.OCTET_STREAM);
        assertThatThrownBy(() -> new ContentType(header)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "text/plain | text/plain; charset=utf-8",
                "Text/X;a=b | Text/X;a=b; charset=utf-8",
                "text/x;a=\";charset=b\" | text/x;a=\";charset=b\"; charset=utf-8",
                "text/x;xcharset=b | text/x;xcharset=b; charset=utf-8",
                "text/x;a=b ; CharSet=\"c\" | text/x;a=b ; CharSet=\"c\"",
                "application/json | application/json",
                "textual/plain | textual/plain"
            })
    void textWithoutACharsetIsSentAsUtf8(String value, String sent) {
        assertThat(new ContentType(value).headerValue()).isEqualTo(sent);
    }

    @Test
    void aTypeHasAtMost255Characters() {
        String longest = "a/" + "b".repeat(253);
        assertThat(ContentType.parse(longest)).hasToString(longest);
        assertThat(ContentType.parse(longest + "b")).isEqualTo(ContentType.OCTET_STREAM);
        assertThat(ContentType.parse("a/b" + ";".repeat(100_000))).isEqualTo(ContentType.OCTET_STREAM);
    }
}
