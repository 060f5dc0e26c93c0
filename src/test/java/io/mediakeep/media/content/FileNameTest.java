package io.mediakeep.media.content;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {
    private static final String CAT = "\uD83D\uDC08";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat.png",
                "name with spaces",
                "name;with;semicolons",
                "\u540D\u524D.jpg",
                "\"quoted\"",
                "100%.txt",
                "a%20b",
                "a%2Fb",
                "...",
                ".hidden",
                "C:",
                CAT,
                "e\u0301",
                "\u05E9\u05DC\u05D5\u05DD",
                "a=b; filename=c",
                "~",
                "con",
                "\uD83D\uDC68\u200D\uD83D\uDC69",
                "\u0645\u06CC\u200C\u062E",
                "\u200Fa",
                "a\u200E1",
                "\u0600",
                "\u00A0x\u3000y"
            })
    void aValidNameIsNotChanged(String name) {
        assertThat(FileName.clean(name)).contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, passwd",
        "../../etc/passwd, passwd",
        "C:\\Users\\alice\\cat.png, cat.png",
        "..\\..\\cat.png, cat.png",
        "a\\b/c, c",
        "a/b\\c, c",
        "//cat, cat",
        "/.hidden, .hidden",
        "a/../b, b"
    })
    void onlyTheLastSegmentOfAPathIsUsed(String given, String name) {
        assertThat(FileName.clean(given)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "/",
                "\\",
                "a/",
                "a\\",
                ".",
                "..",
                "a/..",
                "/.",
                " .. ",
                "\n",
                "\u0000",
                "\u2028",
                "\u202E",
                ".\u200B.",
                "a/ "
            })
    void anEmptyNameIsAbsent(String given) {
        assertThat(FileName.clean(given)).isEmpty();
    }

    @Test
    void controlCharactersAndLineBreaksAreRemoved() {
        assertThat(FileName.clean("c\r\na\tt\u0000.\u0085p\u2028n\u2029g\u007f\u009f"))
                .contains("cat.png");
        assertThat(FileName.clean(".\u0000.")).isEmpty();
        assertThat(FileName.clean("\u0000/\u0000cat")).contains("cat");
    }

    @ParameterizedTest
    @CsvSource({
        "'\u202Egnp.exe', gnp.exe",
        "'a\u202A\u202B\u202C\u202D\u2066\u2067\u2068\u2069b', ab",
        "'\uFEFFbom', bom",
        "'\u200B\u2060\u2064\u00AD\uFFF9\uFFFBx\u200B', x",
        "'\u202E \u202Ecat', cat",
        "' cat.png', cat.png"
    })
    void bidirectionalAndInvisibleCharactersAreRemoved(String given, String name) {
        assertThat(FileName.clean(given)).contains(name);
    }

    @Test
    void loneSurrogatesAreRemoved() {
        assertThat(FileName.clean("c\uD83Da\uDC08t")).contains("cat");
        assertThat(FileName.clean("\uDC08\uD83D")).isEmpty();
        assertThat(FileName.clean("\uD83D" + CAT + "\uDC08")).contains(CAT);
        assertThat(FileName.clean("\uD83D\u0000\uDC08x")).contains("x");
    }

    @Test
    void aNameHasAtMost255Characters() {
        assertThat(FileName.clean("n".repeat(255))).contains("n".repeat(255));
        assertThat(FileName.clean("n".repeat(256))).contains("n".repeat(255));
        assertThat(FileName.clean("\n".repeat(1000) + "n")).contains("n");
    }

    @Test
    void surrogatePairsAreNotSplit() {
        assertThat(FileName.clean("n".repeat(254) + CAT)).contains("n".repeat(254));
        assertThat(FileName.clean("n".repeat(253) + CAT)).contains("n".repeat(253) + CAT);
        assertThat(FileName.clean("n".repeat(253) + CAT + CAT)).contains("n".repeat(253) + CAT);
    }

    @Test
    void surroundingSpacesAreRemovedAlsoAfterTruncation() {
        assertThat(FileName.clean("  cat  ")).contains("cat");
        assertThat(FileName.clean("n".repeat(254) + " " + "x")).contains("n".repeat(254));
    }

    @Test
    void sanitisingTwiceChangesNothing() {
        for (String given : new String[] {"a/b c\n", " x".repeat(200), "\uD83D" + CAT.repeat(200)}) {
            String once = FileName.clean(given).orElseThrow();
            assertThat(FileName.clean(once)).contains(once);
        }
    }
}
