package io.mediakeep.federation.discovery;

import jakarta.json.Json;
import jakarta.json.JsonConfig;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON as other homeservers send it. A name that comes twice is refused, since two readers could read two things. */
public final class JsonText {
    private static final JsonReaderFactory READERS =
            Json.createReaderFactory(Map.of(JsonConfig.KEY_STRATEGY, JsonConfig.KeyStrategy.NONE));

    private JsonText() {}

    /**
     * The object in the bytes, which are UTF-8.
     *
     * @throws IOException when there is none
     */
    public static JsonObject parse(byte[] bytes) throws IOException {
        try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
            return reader.readObject();
        } catch (RuntimeException nonsense) { // it is a bare one when the text is nested too deep
            throw new IOException("not a JSON object", nonsense);
        }
    }
}
