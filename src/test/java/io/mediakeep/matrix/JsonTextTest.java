package io.mediakeep.matrix;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "7", "{", "{\"a\":1,\"a\":2}", "{\"a\":{\"b\":1,\"b\":1}}", "<html>"})
    void aValueThatIsNoObjectIsRejected(String response) {
        assertThatThrownBy(() -> JsonText.object(response.getBytes())).isInstanceOf(IOException.class);
    }

    @Test
    void tooDeepNestingIsRejected() {
        String deep = "{\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
        assertThatThrownBy(() -> JsonText.object(deep.getBytes())).isInstanceOf(IOException.class);
    }
}
