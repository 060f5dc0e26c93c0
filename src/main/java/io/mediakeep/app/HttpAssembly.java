package io.mediakeep.app;

import io.mediakeep.admin.Audit;
import io.mediakeep.api.ThumbnailParameters;
import io.mediakeep.api.WaitLimit;
import io.mediakeep.api.client.ContentResponses;
import io.mediakeep.api.client.DownloadResponses;
import io.mediakeep.api.client.ThumbnailResponses;
import io.mediakeep.api.federation.FederationDownloadResource;
import io.mediakeep.api.federation.FederationResponses;
import io.mediakeep.api.federation.FederationThumbnailResource;
import io.mediakeep.api.filter.FilterBinding;
import io.mediakeep.auth.AccessTokens;
import io.mediakeep.auth.SignedRequests;
import io.mediakeep.blob.S3Settings;
import io.mediakeep.config.Config;
import io.mediakeep.container.RequestListener;
import io.mediakeep.federation.keys.KeyRing;
import io.mediakeep.limits.RateLimits;
import io.mediakeep.media.download.Downloads;
import io.mediakeep.media.upload.Uploads;
import io.mediakeep.preview.Previews;
import io.mediakeep.thumbnail.ThumbnailSizes;
import io.mediakeep.thumbnail.Thumbnails;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The JAX-RS application: filters, and the resources for clients and homeservers. */
final class HttpAssembly {
    private final Config config;
    private final RandomGenerator random;
    private final List<RequestListener> listeners;
    private final WaitLimit waitLimit;
    private final ThumbnailParameters thumbnailParameters;

    /**
     * As configured.
     *
     * @param random cryptographic
     * @param listeners are notified of all requests
     */
    HttpAssembly(Config config, RandomGenerator random, List<RequestListener> listeners) {
        this.config = config;
        this.listeners = listeners;
        this.random = random;
        this.waitLimit = new WaitLimit(config.downloads());
        this.thumbnailParameters =
                new ThumbnailParameters(new ThumbnailSizes(config.thumbnails().steps()));
    }

    /** The filters for authentication and rate limits. */
    FilterBinding filters(AccessTokens tokens, KeyRing keys, Audit audit) {
        SignedRequests signatures = new SignedRequests(config.serverName(), keys);
        return new FilterBinding(tokens, signatures, new RateLimits(config.rateLimits()), audit);
    }

    /** The application: these resources for administrators, and those for clients and homeservers. */
    MediakeepApplication application(
            FilterBinding filters,
            Uploads uploads,
            Downloads downloads,
            Thumbnails thumbnails,
            Previews previews,
            Map<Class<?>, Object> administration) {
        ContentResponses content = new ContentResponses(waitLimit);
        FederationResponses federation =
                new FederationResponses(config.serverName(), waitLimit, redirectsFederation(), random);
        return new MediakeepApplication(
                listeners,
                filters,
                uploads,
                new DownloadResponses(content, downloads),
                new ThumbnailResponses(content, thumbnails, thumbnailParameters),
                new FederationDownloadResource(federation, downloads),
                new FederationThumbnailResource(federation, thumbnails, thumbnailParameters),
                config.previews().enabled() ? Optional.of(previews) : Optional.empty(),
                administration);
    }

    private boolean redirectsFederation() {
        return config.blobs() instanceof S3Settings s3 && s3.redirects().federation();
    }
}
