package io.mediakeep.app.http;

import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.util.FastHttpDateFormat;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;

/** What the embedded server answers when a request never came as far as the API: JSON, and nothing of ours. */
final class JsonErrorResponse {
    private JsonErrorResponse() {}

    /** The headers of an answer with such a body. */
    static void headers(HttpResponsePacket response) {
        response.setContentType("application/json");
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader(Header.Date, FastHttpDateFormat.getCurrentDate());
    }

    /** A whole answer with the status that is set. */
    static HttpContent whole(HttpResponsePacket response, MemoryManager<?> memory) {
        headers(response);
        byte[] json = ErrorJson.of(response.getStatus()).getBytes(StandardCharsets.US_ASCII);
        Buffer body = Buffers.wrap(memory, json);
        return response.httpContentBuilder().content(body).last(true).build();
    }
}
