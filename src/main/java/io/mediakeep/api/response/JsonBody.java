package io.mediakeep.api.response;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON that we send. The factory is made once: finding it costs more than the JSON does. */
public final class JsonBody {
    private static final JsonBuilderFactory FACTORY = Json.createBuilderFactory(Map.of());

    private JsonBody() {}

    /** An object to fill. */
    public static JsonObjectBuilder object() {
        return FACTORY.createObjectBuilder();
    }

    /** The bytes of the object. */
    public static byte[] bytes(JsonObjectBuilder builder) {
        JsonObject object = builder.build();
        return object.toString().getBytes(StandardCharsets.UTF_8);
    }
}
