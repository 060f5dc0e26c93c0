package io.mediakeep.federation.keys;

import io.mediakeep.matrix.ServerName;
import jakarta.json.JsonObject;
import java.io.IOException;

/** The source of published keys, not verified yet. */
interface KeyServer {
    /**
     * The homeserver's response, within bounded time and of bounded size.
     *
     * @throws IOException when there is none
     */
    JsonObject publishedBy(ServerName server) throws IOException;
}
