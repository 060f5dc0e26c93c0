package io.mediakeep.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTest {

    @ParameterizedTest
    @CsvSource({
        "'de-DE, de;q=0.9, en;q=0.5', 'de-de,de;q=0.9,en;q=0.5'",
        "fr, fr",
        "*, *",
        "'en\r\nCookie: a', xx",
        "'{}', xx",
        "'', xx"
    })
    void onlyAValidLanguageIsSent(String wanted, String sent) {
        assertThat(Language.of(Optional.of(wanted), "xx").header()).isEqualTo(sent);
        assertThat(Language.of(Optional.empty(), "xx").header()).isEqualTo("xx");
    }
}
