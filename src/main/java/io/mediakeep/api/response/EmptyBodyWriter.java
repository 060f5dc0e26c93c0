package io.mediakeep.api.response;

import io.mediakeep.media.content.ByteSource;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Writes no bytes of a {@link ByteSource} entity: the container's adapter sends them after the response head. */
public final class EmptyBodyWriter implements MessageBodyWriter<ByteSource> {
    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return ByteSource.class.isAssignableFrom(type);
    }

    @Override
    public void writeTo(
            ByteSource source,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out) {
        // the container's adapter takes the source from the response
    }
}
