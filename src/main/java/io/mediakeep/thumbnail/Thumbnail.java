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

    /** The content to send, of a thumbnail that is stored beside its original. */
    Content content(Content original) {
        return content(original.reader(), original.redirectable());
    }

    /** The content to send, of a thumbnail that is not stored. */
    Content content(BlobReader reader) {
        return content(reader, false);
    }

    private Content content(BlobReader reader, boolean redirectable) {
        Optional<String> name = Optional.of("thumbnail." + extension());
        return new Content(new ContentType(contentType), name, size, blob, reader, redirectable);
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
