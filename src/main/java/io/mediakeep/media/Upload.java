package io.mediakeep.media;

import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.UserId;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a client sends: who, what it says of it, and the bytes.
 *
 * @param contentType as the client named it, {@code application/octet-stream} when it named none
 * @param contentEncoding what was done to the bytes so that they travel better, if anything
 * @param fileName as the client named it, not yet made safe
 * @param declaredSize the {@code Content-Length} in bytes, absent when the body is chunked
 */
public record Upload(
        UserId uploader,
        ContentType contentType,
        Optional<String> contentEncoding,
        Optional<String> fileName,
        OptionalLong declaredSize,
        InputStream body) {}
