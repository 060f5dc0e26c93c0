package io.mediakeep.media.content;

import io.mediakeep.matrix.ContentType;
import java.util.Optional;

/** What a download returns: complete content, or content that is still being fetched. */
public sealed interface DownloadResult permits Content, ContentInProgress {

    /** As the uploader declared it. */
    ContentType contentType();

    /** The name for saving, if there is one. */
    Optional<String> fileName();

    /** The same content under another name. */
    DownloadResult named(String name);
}
