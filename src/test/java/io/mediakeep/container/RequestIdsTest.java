package io.mediakeep.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdsTest {
    private final RequestIds ids = new RequestIds(new Random(1));

    @ParameterizedTest
    @ValueSource(strings = {"a", "7b2d_A.b-c", "0123456789012345678901234567890123456789012345678901234567890123"})
    void aPlainTokenIsUsedAsItIs(String received) {
        assertThat(ids.of(received)).isEqualTo(received);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\nb",
                "a\"b",
                "\u00e9",
                "<a>",
                "01234567890123456789012345678901234567890123456789012345678901234"
            })
    void anythingElseIsReplaced(String received) {
        assertThat(ids.of(received)).matches("[0-9a-f]{16}-1");
    }

    @Test
    void idsDifferWithinAProcessAndBetweenProcesses() {
        assertThat(ids.next()).isNotEqualTo(ids.next());
        assertThat(new RequestIds(new Random(2)).next()).isNotEqualTo(new RequestIds(new Random(1)).next());
    }
}
