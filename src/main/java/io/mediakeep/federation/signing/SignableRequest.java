package io.mediakeep.federation.signing;

import io.mediakeep.matrix.ServerName;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/**
 * The signed part of a request between homeservers (Matrix server-server API, "Request Authentication").
 *
 * @param method in capitals
 * @param uri path and query exactly as in the request line
 * @param content the body, if there is one
 */
public record SignableRequest(
        String method, String uri, ServerName origin, ServerName destination, Optional<JsonValue> content) {
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    /** A request without a body. */
    public static SignableRequest of(String method, String uri, ServerName origin, ServerName destination) {
        return new SignableRequest(method, uri, origin, destination, Optional.empty());
    }

    /** The bytes that are signed. */
    public byte[] bytes() {
        JsonObjectBuilder object = JSON.createObjectBuilder()
                .add("method", method)
                .add("uri", uri)
                .add("origin", origin.value())
                .add("destination", destination.value());
        content.ifPresent(body -> object.add("content", body));
        return CanonicalJson.bytes(object.build());
    }
}
