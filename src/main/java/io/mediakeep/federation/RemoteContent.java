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
 * Media of another homeserver while it is received.
 *
 * @param contentType as the server declares it, {@code application/octet-stream} by default
 * @param fileName as the server declares it, not sanitised yet
 * @param size in bytes, if the server declares it
 * @param bytes reading them fails when they are fewer or more than declared, or too slow
 * @param exchange closed with it
 */
public record RemoteContent(
        ContentType contentType, Optional<String> fileName, OptionalLong size, InputStream bytes, Closeable exchange)
        implements Closeable {

    /** The error for the client when reading the bytes failed: always 502. */
    public static MatrixException toException(IOException failure) {
        return failure instanceof OutboundException known
                ? RemoteErrors.of(known)
                : MatrixException.badGateway("The origin did not send the whole content");
    }

    /** Ends the exchange; the rest is not read. */
    @Override
    public void close() throws IOException {
        exchange.close();
    }
}
