package io.mediakeep.thumbnail;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.media.blob.BlobReader;
import io.mediakeep.media.content.Content;
import java.util.Optional;

/**
 * A stored thumbnail. Where the original serves as its own thumbnail, the blob is that of the original.
 *
 * @param contentType of the blob
 * @param size in bytes
 */
record Thumbnail(String contentType, long size, BlobLocation blob) {

    /** The content to send. */
    Content content(BlobReader reader) {
        return new Content(new ContentType(contentType), Optional.of("thumbnail." + extension()), size, blob, reader);
    }

    private String extension() {
        return switch (contentType) {
            case "image/jpeg" -> "jpg";
            case "image/gif" -> "gif";
            case "image/webp" -> "webp";
            default -> "png";
        };
    }
}
