package io.mediakeep.container;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.media.content.ByteSource;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.glassfish.jersey.internal.MapPropertiesDelegate;
import org.glassfish.jersey.internal.PropertiesDelegate;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.spi.ContainerResponseWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the response to one request. Jersey decides status, headers and body; on commit they are passed to the
 * container: a small body in memory at once, the bytes of a {@link ByteSource} as the client takes them. The source
 * that the request opened is closed when the response ends, however it ends.
 */
public abstract class ResponseWriter implements ContainerResponseWriter {
    private static final Logger log = LoggerFactory.getLogger(ResponseWriter.class);
    private static final int INTERNAL_SERVER_ERROR = 500;

    private final PropertiesDelegate properties = new MapPropertiesDelegate();
    private final ByteArrayOutputStream small = new ByteArrayOutputStream(0);
    private final AtomicBoolean committed = new AtomicBoolean();
    private final AtomicLong sentBytes = new AtomicLong();
    private @Nullable ObservedRequest observed;
    private @Nullable ContainerResponse response;
    private long length = -1;

    /** The properties of the request. */
    public final PropertiesDelegate properties() {
        return properties;
    }

    /** Notifies listeners when the response ends. To be called before the request is processed. */
    final void observe(ObservedRequest request) {
        this.observed = request;
    }

    @Override
    public final OutputStream writeResponseStatusAndHeaders(long contentLength, ContainerResponse context) {
        this.response = context;
        this.length = contentLength;
        return context.getEntity() instanceof ByteSource ? OutputStream.nullOutputStream() : small;
    }

    /** Small bodies are collected here. */
    @Override
    public final boolean enableResponseBuffering() {
        return false;
    }

    @Override
    public final void commit() {
        if (committed.compareAndSet(false, true)) {
            try {
                send();
            } catch (IOException closed) {
                log.debug("The client closed the connection before the response: {}", closed.getMessage());
                abort();
            } catch (RuntimeException | Error fault) {
                log.error("The response to request {} could not be sent", id(), fault);
                abort();
                throw fault;
            }
        }
    }

    private void send() throws IOException {
        ContainerResponse current = response;
        if (current == null) {
            fail();
            return;
        }
        Map<String, List<String>> headers = current.getStringHeaders();
        if (current.getEntity() instanceof ByteSource source) {
            send(current.getStatus(), headers, declaredLength(headers), counted(source));
        } else {
            byte[] body = small.toByteArray();
            sentBytes.set(body.length);
            send(current.getStatus(), headers, body.length == 0 ? lengthWithoutBody(headers) : body.length, body);
        }
    }

    /** Without listeners the number of sent bytes is not counted. */
    private ByteSource counted(ByteSource source) {
        return observed == null ? source : new CountedSource(source, sentBytes);
    }

    /** A response without a body says how long the body of GET would be (RFC 9110, section 9.3.2). */
    private long lengthWithoutBody(Map<String, List<String>> headers) {
        long declared = declaredLength(headers);
        return declared < 0 ? Math.max(0, length) : declared;
    }

    private static long declaredLength(Map<String, List<String>> headers) {
        return Optional.ofNullable(headers.get(HttpHeaders.CONTENT_LENGTH))
                .map(values -> Long.parseLong(values.get(0)))
                .orElse(-1L);
    }

    /**
     * Sends a response with a body in memory.
     *
     * @param contentLength in bytes
     */
    protected abstract void send(int status, Map<String, List<String>> headers, long contentLength, byte[] body)
            throws IOException;

    /**
     * Begins to send a response with the bytes of a source, which is {@link #close closed} when it ends.
     *
     * @param contentLength in bytes; -1 when it is not known
     */
    protected abstract void send(int status, Map<String, List<String>> headers, long contentLength, ByteSource source)
            throws IOException;

    /** Closes the connection, so that the client does not take what was sent for a whole response. */
    protected abstract void abort();

    /**
     * Closes what the request opened, and notifies listeners; idempotent.
     *
     * @param complete whether all of the response was sent
     */
    protected final void close(boolean complete) {
        close(RequestProperties.SOURCE);
        close(RequestProperties.PERMIT);
        if (observed != null) {
            int status = response == null ? INTERNAL_SERVER_ERROR : response.getStatus();
            observed.completed(response, status, sentBytes.get(), complete);
        }
    }

    private void close(String property) {
        if (properties.getProperty(property) instanceof Closeable opened) {
            try {
                opened.close();
            } catch (IOException failure) {
                log.warn("A resource of a request could not be closed: {}", failure.getMessage());
            }
        }
    }

    private @Nullable Object id() {
        return properties.getProperty(RequestProperties.ID);
    }

    /** Jersey has mapped all failures that it could: this one is a bug. */
    @Override
    public final void failure(Throwable fault) {
        log.error("Request {} failed without a response", id(), fault);
        if (committed.compareAndSet(false, true)) {
            fail();
        }
    }

    private void fail() {
        try {
            send(INTERNAL_SERVER_ERROR, Map.of(), 0, new byte[0]);
        } catch (IOException closed) {
            abort();
        }
    }

    @Override
    public final void setSuspendTimeout(long timeOut, TimeUnit timeUnit) {
        throw new IllegalStateException("every wait below a request has its own deadline");
    }
}
