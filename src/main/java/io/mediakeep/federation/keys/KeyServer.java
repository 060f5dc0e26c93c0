package io.mediakeep.federation.keys;

import io.mediakeep.matrix.ServerName;
import jakarta.json.JsonObject;
import java.io.IOException;

/** What homeservers say their keys are, unchecked. */
interface KeyServer {
    /**
     * The homeserver's answer, within bounded time and of bounded size.
     *
     * @throws IOException when there is none
     */
    JsonObject publishedBy(ServerName server) throws IOException;
}
