package io.mediakeep.media.upload;

import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.UserId;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/**
 * An upload: its metadata and body.
 *
 * @param contentType as the client declared it, {@code application/octet-stream} by default
 * @param contentEncoding the {@code Content-Encoding}, if there is one
 * @param fileName as the client named it, not sanitised yet
 * @param declaredSize the {@code Content-Length} in bytes, absent when the body is chunked
 * @param body the bytes; each buffer is read before {@code onNext} returns
 */
public record Upload(
        UserId uploader,
        ContentType contentType,
        Optional<String> contentEncoding,
        Optional<String> fileName,
        OptionalLong declaredSize,
        Flow.Publisher<ByteBuffer> body) {}
