package io.mediakeep.api.client;

import io.mediakeep.api.RequestProperties;
import io.mediakeep.media.content.DownloadRequest;
import io.mediakeep.media.content.DownloadResult;
import io.mediakeep.media.content.FileName;
import io.mediakeep.media.download.Downloads;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Responses of the download endpoints. */
public final class DownloadResponses {
    private final ContentResponses contentResponses;
    private final Downloads downloads;

    /** Responses with these downloads. */
    public DownloadResponses(ContentResponses contentResponses, Downloads downloads) {
        this.contentResponses = contentResponses;
        this.downloads = downloads;
    }

    /** The content, with the file name that the client requested, if there is one. */
    CompletionStage<Response> response(
            ContentResponses.RequestedMedia media, Optional<String> fileName, ContainerRequestContext request) {
        DownloadRequest wanted = contentResponses.downloadRequest(media, request);
        CompletionStage<DownloadResult> content = (RequestProperties.bypassesQuarantine(request)
                        ? downloads.openQuarantined(wanted)
                        : downloads.open(wanted))
                .thenApply(found -> named(found, fileName));
        return contentResponses.response(content, media.authenticated(), request);
    }

    private static DownloadResult named(DownloadResult content, Optional<String> fileName) {
        return fileName.flatMap(FileName::clean).map(content::named).orElse(content);
    }
}
