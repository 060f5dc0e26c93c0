package io.mediakeep.api.response;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON bodies of responses. The factory is created once, since looking it up costs more than the JSON itself. */
public final class JsonBody {
    private static final JsonBuilderFactory FACTORY = Json.createBuilderFactory(Map.of());

    private JsonBody() {}

    /** A builder of an object. */
    public static JsonObjectBuilder object() {
        return FACTORY.createObjectBuilder();
    }

    /** A builder of an array. */
    public static JsonArrayBuilder array() {
        return FACTORY.createArrayBuilder();
    }

    /** The bytes of the object. */
    public static byte[] bytes(JsonObjectBuilder builder) {
        JsonObject object = builder.build();
        return object.toString().getBytes(StandardCharsets.UTF_8);
    }
}
