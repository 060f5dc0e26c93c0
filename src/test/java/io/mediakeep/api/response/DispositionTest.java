package io.mediakeep.api.response;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.ContentType;
import io.mediakeep.testing.DispositionReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DispositionTest {
    private static final ContentType PNG = new ContentType("image/png");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file.name",
                "100%.txt",
                "a%20b",
                "it's.txt",
                "~tilde",
                "a+b&c.txt",
                "a b.txt",
                "a;b.txt",
                "a,b",
                "(1).png",
                "q\"uote.txt",
                "back\\slash",
                "\"",
                "\\",
                "\\\"",
                "\"\"\\\\",
                "\u2603.png",
                "\u540D\u524D.jpg",
                "\u202Egnp.exe",
                "name with spaces",
                "name;with;semicolons",
                "a=b; filename=c",
                "utf-8''x",
                "*",
                "%",
                "na\u00EFve caf\u00E9.txt",
                "\uD83D\uDC08.gif",
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
                "\u05E9\u05DC\u05D5\u05DD",
                "e\u0301",
                "\u00A0",
                "\uFEFFbom",
                "a\u0080b",
                "@<>[]{}?:/",
                " x",
                "-"
            })
    void aNameIsParsedAsWritten(String name) {
        String header = Disposition.of(PNG, Optional.of(name));
        assertThat(DispositionReader.fileName(header)).isEqualTo(name);
        assertThat(header).matches("[ -~]+");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "cat.png | inline; filename=cat.png",
                "a b.txt | inline; filename=\"a b.txt\"",
                "a;b.txt | inline; filename=\"a;b.txt\"",
                "a\"b | inline; filename=\"a\\\"b\"",
                "a\\b | inline; filename=\"a\\\\b\"",
                "\u2603.png | inline; filename*=utf-8''%E2%98%83.png",
                "\u540D\u524D (1).jpg | inline; filename*=utf-8''%E5%90%8D%E5%89%8D%20%281%29.jpg",
                "\u00E9'*%.txt | inline; filename*=utf-8''%C3%A9%27%2A%25.txt"
            })
    void aNameHasTheSimplestForm(String name, String header) {
        assertThat(Disposition.of(PNG, Optional.of(name))).isEqualTo(header);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/css",
                "text/plain",
                "text/csv",
                "application/json",
                "application/ld+json",
                "image/jpeg",
                "image/gif",
                "image/png",
                "image/apng",
                "image/webp",
                "image/avif",
                "video/mp4",
                "video/webm",
                "video/ogg",
                "video/quicktime",
                "audio/mp4",
                "audio/webm",
                "audio/aac",
                "audio/mpeg",
                "audio/ogg",
                "audio/wave",
                "audio/wav",
                "audio/x-wav",
                "audio/x-pn-wav",
                "audio/flac",
                "audio/x-flac",
                "Image/PNG",
                "text/plain; charset=utf-8",
                "text/plain;charset=\"a;b\"",
                " image/png ",
                "IMAGE/JPEG ; a=b"
            })
    void listedTypesAreInline(String contentType) {
        assertThat(Disposition.of(ContentType.parse(contentType), Optional.empty()))
                .isEqualTo("inline");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "image/svg+xml",
                "application/pdf",
                "application/xhtml+xml",
                "text/xml",
                "application/octet-stream",
                "text/javascript",
                "text/plainer",
                "image/png,text/html",
                "text/plain;charset=utf-8,text/html",
                "image/png;charset=\"a",
                "image/pngtext/html",
                "xtext/plain",
                "",
                ";",
                "image",
                "*/*",
                "text/html; image/png",
                "\u0130mage/png"
            })
    void otherTypesAreAttachments(String contentType) {
        assertThat(Disposition.of(ContentType.parse(contentType), Optional.of("cat")))
                .isEqualTo("attachment; filename=cat");
    }

    @Test
    void aNameOfMaximumLengthIsComplete() {
        String name = "\u540D".repeat(255);
        assertThat(DispositionReader.fileName(Disposition.of(PNG, Optional.of(name))))
                .isEqualTo(name);
    }
}
