package io.mediakeep.matrix;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Parses JSON (RFC 8259) from outside. Parsson, which does it, reports malformed JSON by several exceptions, and what is
 * nested too deeply by a bare {@link RuntimeException}.
 */
public final class JsonText {
    private static final JsonReaderFactory UNIQUE_NAMES =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));
    private static final JsonReaderFactory ANY_NAMES = Json.createReaderFactory(Map.of());

    private JsonText() {}

    /**
     * The object in the bytes, which are UTF-8. A name that occurs twice in an object is rejected, since two parsers could
     * read two values.
     *
     * @throws IOException when they are no such object
     */
    public static JsonObject object(byte[] utf8) throws IOException {
        try {
            return parse(UNIQUE_NAMES, new String(utf8, StandardCharsets.UTF_8), JsonReader::readObject);
        } catch (RuntimeException malformed) {
            throw new IOException("not a JSON object", malformed);
        }
    }

    /** The value in the text, unless it is malformed. Of a name that occurs twice in an object the last value counts. */
    public static Optional<JsonValue> value(String text) {
        try {
            return Optional.of(parse(ANY_NAMES, text, JsonReader::readValue));
        } catch (RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private static <T> T parse(JsonReaderFactory factory, String text, Function<JsonReader, T> read) {
        try (JsonReader reader = factory.createReader(new StringReader(text))) {
            return read.apply(reader);
        }
    }
}
