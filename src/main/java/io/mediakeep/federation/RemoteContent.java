package io.mediakeep.federation;

import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.outbound.OutboundException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Media of another homeserver on its way to us.
 *
 * @param contentType as the server names it, {@code application/octet-stream} when it does not
 * @param fileName as the server names it, not yet made safe
 * @param size in bytes, if the server says it
 * @param bytes reading them fails when they end too early, are too many, or come too slowly
 * @param exchange what is closed with it
 */
public record RemoteContent(
        ContentType contentType, Optional<String> fileName, OptionalLong size, InputStream bytes, Closeable exchange)
        implements Closeable {

    /** What a client is told when reading the bytes failed: 502, whatever it was. */
    public static MatrixException refusal(IOException failure) {
        return failure instanceof OutboundException known
                ? RemoteErrors.of(known)
                : MatrixException.badGateway("The other server did not send all of it");
    }

    /** Ends the exchange; of what was not read nothing is read. */
    @Override
    public void close() throws IOException {
        exchange.close();
    }
}
