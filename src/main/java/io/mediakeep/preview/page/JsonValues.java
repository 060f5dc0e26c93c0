package io.mediakeep.preview.page;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of JSON whose structure is not certain: what has another type counts as absent. */
final class JsonValues {
    private JsonValues() {}

    /** The values themselves: those of an array, or the one that stands where an array could. */
    static Stream<JsonValue> each(@Nullable JsonValue value) {
        if (value instanceof JsonArray array) {
            return array.stream();
        }
        return value == null ? Stream.empty() : Stream.of(value);
    }

    /** A text that is not blank. */
    static Optional<String> text(JsonObject object, String name) {
        return text(object.get(name));
    }

    /** The value as a text that is not blank. */
    static Optional<String> text(@Nullable JsonValue value) {
        return value instanceof JsonString string && !string.getString().isBlank()
                ? Optional.of(string.getString())
                : Optional.empty();
    }
}
