package io.mediakeep.preview;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** JSON that strangers wrote: what is not as it should be is as good as not there. */
final class JsonText {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final JsonReaderFactory FACTORY = Json.createReaderFactory(Map.of());

    private JsonText() {}

    /** The value that is written here, unless it is no JSON, or has more digits or levels than anything sensible. */
    static Optional<JsonValue> parse(String text) {
        String json = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        return read(json).or(() -> read(LenientJson.strict(json)));
    }

    private static Optional<JsonValue> read(String json) {
        try (JsonReader reader = FACTORY.createReader(new StringReader(json))) {
            return Optional.of(reader.readValue());
        } catch (RuntimeException noJson) { // the reader has many ways of saying so
            return Optional.empty();
        }
    }

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
