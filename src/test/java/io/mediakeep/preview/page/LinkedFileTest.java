package io.mediakeep.preview.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.preview.url.WebUrl;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Links to files that are no pages. */
class LinkedFileTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/films/the%20film%20%E2%82%AC.mp4, video/mp4, video.other, the film €.mp4",
                "/a/b.oga?download=1, audio/ogg, music.song, b.oga",
                "/a%2Fb.pdf, application/pdf, -, b.pdf",
                "/archive.tar.gz, application/gzip, -, archive.tar.gz",
                "/a/, application/zip, -, -"
            })
    void aFileHasTheNameOfItsLinkAndItsType(String path, String type, @Nullable String kind, @Nullable String name) {
        Map<String, String> metadata = described(path, type, OptionalLong.empty());
        assertThat(metadata.get(PreviewMetadata.TITLE)).isEqualTo(name);
        assertThat(metadata.get(PreviewMetadata.TYPE)).isEqualTo(kind);
        assertThat(metadata.get(PreviewMetadata.DESCRIPTION)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "999, 999 bytes",
        "1000, 1.0 kB",
        "1249, 1.2 kB",
        "999949, 999.9 kB",
        "999950, 1.0 MB",
        "1234567890, 1.2 GB",
        "9223372036854775807, 9.2 EB"
    })
    void aSizeIsRounded(long bytes, String words) {
        assertThat(LinkedFile.inWords(bytes)).isEqualTo(words);
    }

    @Test
    void theSizeFollowsTheType() {
        assertThat(described("/a.pdf", "application/pdf", OptionalLong.of(1_234_567)))
                .containsEntry(PreviewMetadata.DESCRIPTION, "application/pdf, 1.2 MB");
    }

    private static Map<String, String> described(String path, String type, OptionalLong size) {
        WebUrl url = WebUrl.parse("https://site.example" + path).orElseThrow();
        return LinkedFile.describe(url, type, size).texts();
    }
}
