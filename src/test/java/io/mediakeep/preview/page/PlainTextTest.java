package io.mediakeep.preview.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlainTextTest {

    @ParameterizedTest
    @CsvSource({
        "'one two three', 13, 'one two three'",
        "'one two three', 12, 'one two…'",
        "'one two three', 8, 'one two…'",
        "'one two three', 7, 'one…'",
        "'onetwothree', 5, 'onet…'",
        "'a onetwothree', 8, 'a onetw…'",
        "'  one \t\n two  ', 20, 'one two'",
        "'', 5, ''",
        "'   ', 5, ''"
    })
    void isTruncatedAfterAWholeWord(String text, int max, String line) {
        assertThat(PlainText.line(text, max)).isEqualTo(line);
    }

    @Test
    void surrogatePairsAreNotSplit() {
        assertThat(PlainText.line("🐟".repeat(10), 6)).isEqualTo("🐟🐟…");
    }

    @Test
    void controlCharactersAndLoneSurrogatesAreRemoved() {
        assertThat(PlainText.line("a\0b\u001b[1mc\ud83dd\udc1fe", 20)).isEqualTo("ab[1mcde");
    }

    @Test
    void allKindsOfWhitespaceAreSpaces() {
        assertThat(PlainText.line("\u00a0a\u2003\u3000b\u2028c", 20)).isEqualTo("a b c");
    }

    @Test
    void isNeverLongerThanTheLimit() {
        for (int max = 2; max < 60; max++) {
            assertThat(PlainText.line("words of every length, or nearly: antidisestablishmentarianism", max))
                    .hasSizeLessThanOrEqualTo(max)
                    .endsWith("…");
        }
    }
}
