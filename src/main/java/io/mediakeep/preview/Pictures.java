package io.mediakeep.preview;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.Media;
import io.mediakeep.media.upload.ExpiringMedia;
import io.mediakeep.media.upload.ExpiringMedia.Source;
import io.mediakeep.outbound.http.OutboundResponse;
import io.mediakeep.thumbnail.PictureHeader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings pictures of pages into our own media. What cannot be measured is no picture. */
final class Pictures {
    private static final Logger log = LoggerFactory.getLogger(Pictures.class);

    /** So far into a picture its size is told, behind the profiles and notes that cameras write. */
    private static final int HEADER_BYTES = 256 * 1024;

    private static final long MOST_PIXELS = 50_000_000;

    private final PageClient client;
    private final ExpiringMedia media;
    private final long maxSize;

    Pictures(PageClient client, ExpiringMedia media, long maxSize) {
        this.client = client;
        this.media = media;
        this.maxSize = maxSize;
    }

    /** Fetches a picture and keeps it until a time; empty when it cannot be had. */
    Optional<KeptPicture> fetch(Facts.Picture named, Language language, Deadline deadline, Instant until) {
        try (OutboundResponse answer = client.image(named.url(), language, deadline)) {
            return PageClient.isSuccess(answer)
                    ? keep(answer, Optional.empty(), until).map(kept -> kept.described(named.description()))
                    : Optional.empty();
        } catch (IOException | MatrixException failure) {
            log.debug("No picture for a preview from {}: {}", named.url(), failure.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Keeps the picture that is the body of an answer until a time; empty when it is none, or too large, or there is no room.
     *
     * @throws IOException when it breaks off, or our disk fails
     */
    Optional<KeptPicture> keep(OutboundResponse answer, Optional<String> fileName, Instant until) throws IOException {
        InputStream body = new BufferedInputStream(answer.body());
        body.mark(HEADER_BYTES);
        Optional<PictureHeader> header = PictureHeader.of(body.readNBytes(HEADER_BYTES))
                .filter(picture -> (long) picture.width() * picture.height() <= MOST_PIXELS);
        if (header.isEmpty() || answer.length().orElse(0) > maxSize || !media.hasSpace()) {
            return Optional.empty();
        }
        body.reset();
        PictureHeader picture = header.get();
        Media kept = media.store(new Source(new ContentType(picture.contentType()), fileName, maxSize, body), until);
        return Optional.of(new KeptPicture(
                kept.mxc(), picture.contentType(), kept.size(), picture.width(), picture.height(), Optional.empty()));
    }
}
