package io.mediakeep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserIdTest {
    @ParameterizedTest
    @ValueSource(strings = {"@alice:example.org", "@alice:example.org:8448", "@Historical User!:example.org", "@:a"})
    void acceptsUserIds(String id) {
        assertThat(new UserId(id)).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "alice", "@alice", "alice:example.org", "@alice:", "@al\nice:example.org", "@a:b c"})
    void rejectsInvalidUserIds(String id) {
        assertThatThrownBy(() -> new UserId(id)).isInstanceOf(IllegalArgumentException.class);
    }
}
