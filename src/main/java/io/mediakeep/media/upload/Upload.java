package io.mediakeep.media.upload;

import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.UserId;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/**
 * What a client sends: who, what it says of it, and the bytes.
 *
 * @param contentType as the client named it, {@code application/octet-stream} when it named none
 * @param contentEncoding what was done to the bytes so that they travel better, if anything
 * @param fileName as the client named it, not yet made safe
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
