package io.mediakeep.media.content;

import io.mediakeep.matrix.ContentType;
import java.util.Optional;

/** A body that we send: whole content, or content of another server that still arrives. */
public sealed interface DownloadResult permits Content, ContentInProgress {

    /** As the uploader named it. */
    ContentType contentType();

    /** The name it is saved under, if there is one. */
    Optional<String> fileName();

    /** The same under another name. */
    DownloadResult named(String name);
}
