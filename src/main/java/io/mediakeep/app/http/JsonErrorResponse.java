package io.mediakeep.app.http;

import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.util.FastHttpDateFormat;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;

/** Responses of the embedded server to requests that do not reach the API: JSON, without server details. */
final class JsonErrorResponse {
    private JsonErrorResponse() {}

    /** The headers of a response with such a body. */
    static void headers(HttpResponsePacket response) {
        response.setContentType("application/json");
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader(Header.Date, FastHttpDateFormat.getCurrentDate());
    }

    /** A complete response with the status that is set. */
    static HttpContent complete(HttpResponsePacket response, MemoryManager<?> memory) {
        headers(response);
        byte[] json = ErrorJson.of(response.getStatus()).getBytes(StandardCharsets.US_ASCII);
        Buffer body = Buffers.wrap(memory, json);
        return response.httpContentBuilder().content(body).last(true).build();
    }
}
