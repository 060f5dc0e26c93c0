package io.mediakeep.preview;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.ContentType;
import io.mediakeep.matrix.ErrorCode;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.Media;
import io.mediakeep.media.upload.ExpiringMedia;
import io.mediakeep.media.upload.ExpiringMedia.Source;
import io.mediakeep.outbound.http.OutboundResponse;
import io.mediakeep.preview.page.PreviewMetadata;
import io.mediakeep.thumbnail.image.ImageHeader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the images of pages, and stores them as media. A body of unknown dimensions is not an image. */
final class PreviewImages {
    private static final Logger log = LoggerFactory.getLogger(PreviewImages.class);

    /** The maximum number of bytes before the dimensions, after profiles and metadata of cameras. */
    private static final int HEADER_BYTES = 256 * 1024;

    private static final long MAX_PIXELS = 50_000_000;

    private final PageClient client;
    private final ExpiringMedia media;
    private final long maxSize;

    PreviewImages(PageClient client, ExpiringMedia media, long maxSize) {
        this.client = client;
        this.media = media;
        this.maxSize = maxSize;
    }

    /** Fetches an image and stores it until a time; empty when it cannot be fetched. */
    Optional<PreviewImage> fetch(PreviewMetadata.Image candidate, Language language, Deadline deadline, Instant until) {
        try (OutboundResponse response = client.image(candidate.url(), language, deadline)) {
            return PageClient.isSuccess(response)
                    ? store(response, Optional.empty(), until)
                            .map(stored -> stored.withDescription(candidate.description()))
                    : Optional.empty();
        } catch (IOException | MatrixException failure) {
            log.debug("No image for a preview from {}: {}", candidate.url(), failure.getMessage());
            return Optional.empty();
        }
    }

    /**
     * Stores the body of a response until a time; empty when it is not an image, or too large, or blocked, or there is
     * no room.
     *
     * @throws IOException when the body is truncated, or the store fails
     */
    Optional<PreviewImage> store(OutboundResponse response, Optional<String> fileName, Instant until)
            throws IOException {
        InputStream body = new BufferedInputStream(response.body());
        body.mark(HEADER_BYTES);
        Optional<ImageHeader> header = ImageHeader.of(body.readNBytes(HEADER_BYTES))
                .filter(image -> (long) image.width() * image.height() <= MAX_PIXELS);
        if (header.isEmpty() || response.length().orElse(0) > maxSize || !media.hasSpace()) {
            return Optional.empty();
        }
        body.reset();
        ImageHeader image = header.get();
        return store(new Source(new ContentType(image.contentType()), fileName, maxSize, body), until)
                .map(stored -> new PreviewImage(
                        stored.mxc(),
                        image.contentType(),
                        stored.size(),
                        image.width(),
                        image.height(),
                        Optional.empty()));
    }

    private Optional<Media> store(Source source, Instant until) throws IOException {
        try {
            return Optional.of(media.store(source, until));
        } catch (MatrixException failure) {
            if (failure.code() == ErrorCode.M_FORBIDDEN) {
                return Optional.empty(); // blocked
            }
            throw failure;
        }
    }
}
