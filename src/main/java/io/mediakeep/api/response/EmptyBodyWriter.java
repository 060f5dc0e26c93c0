package io.mediakeep.api.response;

import io.mediakeep.media.content.ByteSource;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Writes nothing for an entity that is a {@link ByteSource}: the container's adapter sends its bytes after the head. */
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
        // the container's adapter has the source from the response
    }
}
