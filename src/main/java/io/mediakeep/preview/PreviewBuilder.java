package io.mediakeep.preview;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.upload.ExpiringMedia;
import io.mediakeep.outbound.CacheDirectives;
import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.http.OutboundClient;
import io.mediakeep.outbound.http.OutboundResponse;
import io.mediakeep.preview.page.LinkedFile;
import io.mediakeep.preview.page.OEmbed;
import io.mediakeep.preview.page.OEmbedProviders;
import io.mediakeep.preview.page.ParsedPage;
import io.mediakeep.preview.page.PreviewMetadata;
import io.mediakeep.preview.url.WebUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds a preview from the page or an oEmbed provider, and its image, under one deadline. */
final class PreviewBuilder {
    private static final Logger log = LoggerFactory.getLogger(PreviewBuilder.class);

    /** Longer times that pages request are reduced to this. */
    private static final Duration MAX_TTL = Duration.ofHours(24);

    private static final int NOT_MODIFIED = 304;

    private final PageClient client;
    private final PageFetcher fetcher;
    private final OEmbedProviders providers;
    private final PreviewImages images;
    private final ExpiringMedia media;
    private final Duration minTtl;
    private final Clock clock;

    PreviewBuilder(PreviewSettings settings, OutboundClient http, ExpiringMedia media, Clock clock) {
        this.client = new PageClient(http, settings);
        this.fetcher = new PageFetcher(client, settings.maxPageSize());
        this.providers = new OEmbedProviders(settings.oEmbedProviders());
        this.images = new PreviewImages(client, media, settings.maxImageSize());
        this.media = media;
        this.minTtl = settings.cacheTtl();
        this.clock = clock;
    }

    /** Whether the URL rules allow the URL. */
    boolean isAllowed(WebUrl url) {
        return client.isAllowed(url);
    }

    /**
     * The preview of a page.
     *
     * @param known an earlier preview, for a conditional request
     * @throws MatrixException 403 when the rules deny a redirect, 504 when the site takes too long, else 502
     */
    StoredPreview build(PreviewKey key, Optional<StoredPreview> known, Deadline deadline) {
        try {
            Optional<StoredPreview> provided = byProvider(key, deadline);
            return provided.isPresent() ? provided.get() : byPage(key, known, deadline);
        } catch (OutboundException failure) {
            if (failure.kind() == OutboundException.Kind.DENIED) {
                log.info("Rejected the preview of {}: {}", key.url(), failure.getMessage());
            }
            throw PageClient.rejection(failure);
        } catch (IOException fault) {
            log.warn("The preview of {} failed: {}", key.url(), fault.getMessage());
            throw MatrixException.badGateway("The site's response could not be read");
        }
    }

    /** When the provider fails the page itself is fetched. */
    private Optional<StoredPreview> byProvider(PreviewKey key, Deadline deadline) {
        return providers
                .endpoint(key.url())
                .flatMap(endpoint -> oEmbed(endpoint, key, deadline))
                .filter(OEmbed::isSufficient)
                .map(response -> {
                    PreviewMetadata metadata = new PreviewMetadata();
                    response.describe(metadata);
                    Instant expiresAt = expiry(response.cacheAge());
                    return preview(key, metadata, Validators.NONE, expiresAt, deadline);
                });
    }

    private StoredPreview byPage(PreviewKey key, Optional<StoredPreview> known, Deadline deadline) throws IOException {
        Validators validators = known.map(StoredPreview::validators).orElse(Validators.NONE);
        try (PageFetcher.FetchedPage fetched = fetcher.fetch(key, validators, deadline)) {
            OutboundResponse response = fetched.response();
            Instant expiresAt = expiry(CacheDirectives.maxAge(
                    response.headers("Cache-Control"), response.header("Expires"), clock.instant()));
            if (response.status() == NOT_MODIFIED && known.isPresent()) {
                return extended(key, known.get(), expiresAt, deadline);
            }
            if (!PageClient.isSuccess(response)) {
                throw MatrixException.badGateway("The site responded with status " + response.status());
            }
            if (fetched.isImage()) {
                return imagePreview(fetched, expiresAt);
            }
            Optional<ParsedPage> page = fetched.page();
            response.close(); // before the next request to the same site
            PreviewMetadata metadata =
                    page.map(found -> describe(found, key, deadline)).orElseGet(() -> file(fetched));
            return preview(key, metadata, fetched.validators(), expiresAt, deadline);
        }
    }

    /** Without a type it cannot be distinguished from a page. */
    private static PreviewMetadata file(PageFetcher.FetchedPage fetched) {
        return fetched.type().isEmpty()
                ? new PreviewMetadata()
                : LinkedFile.describe(
                        fetched.url(), fetched.type(), fetched.response().length());
    }

    /** The page has not changed; if its image was removed meanwhile, it is fetched again. */
    private StoredPreview extended(PreviewKey key, StoredPreview known, Instant expiresAt, Deadline deadline)
            throws IOException {
        StoredPreview extended = known.extended(expiresAt);
        boolean whole = known.image()
                .map(image -> media.extendExpiry(image, extended.keepImageUntil()))
                .orElse(true);
        return whole ? extended : byPage(key, Optional.empty(), deadline);
    }

    private PreviewMetadata describe(ParsedPage page, PreviewKey key, Deadline deadline) {
        PreviewMetadata metadata = new PreviewMetadata();
        metadata.putAll(page.declared());
        if (!metadata.has(PreviewMetadata.TITLE) || metadata.images().isEmpty()) {
            page.oEmbed()
                    .flatMap(endpoint -> oEmbed(endpoint, key, deadline))
                    .ifPresent(response -> response.describe(metadata));
        }
        metadata.putAll(page.derived());
        return metadata;
    }

    private Optional<OEmbed> oEmbed(WebUrl endpoint, PreviewKey key, Deadline deadline) {
        try (OutboundResponse response = client.json(endpoint, key.language(), deadline)) {
            if (!PageClient.isSuccess(response)) {
                return Optional.empty();
            }
            String json = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
            return OEmbed.parse(json, PageClient.urlOf(response, endpoint));
        } catch (IOException failure) {
            log.debug("No oEmbed response from {}: {}", endpoint, failure.getMessage());
            return Optional.empty();
        }
    }

    private StoredPreview imagePreview(PageFetcher.FetchedPage fetched, Instant expiresAt) throws IOException {
        PreviewMetadata metadata = new PreviewMetadata();
        Optional<String> name = fetched.url().lastSegment();
        Optional<PreviewImage> image = images.store(fetched.response(), name, StoredPreview.imageUntil(expiresAt));
        if (image.isPresent()) {
            metadata.put(PreviewMetadata.TITLE, name);
        }
        return stored(metadata, image, fetched.validators(), expiresAt);
    }

    private StoredPreview preview(
            PreviewKey key, PreviewMetadata metadata, Validators validators, Instant expiresAt, Deadline deadline) {
        Optional<PreviewImage> image = metadata.images().stream()
                .flatMap(candidate ->
                        images.fetch(candidate, key.language(), deadline, StoredPreview.imageUntil(expiresAt)).stream())
                .findFirst();
        return stored(metadata, image, validators, expiresAt);
    }

    private StoredPreview stored(
            PreviewMetadata metadata, Optional<PreviewImage> image, Validators validators, Instant expiresAt) {
        String json = PreviewJson.of(metadata, image);
        boolean whole = metadata.images().isEmpty() || image.isPresent(); // otherwise the next request fetches it again
        return new StoredPreview(
                json, clock.instant(), expiresAt, whole ? validators : Validators.NONE, image.map(PreviewImage::mxc));
    }

    /** The requested time, at least the configured and at most {@link #MAX_TTL}. */
    private Instant expiry(Optional<Duration> requested) {
        Duration requestedTtl = requested.orElse(minTtl);
        Duration ttl = requestedTtl.compareTo(MAX_TTL) < 0 ? requestedTtl : MAX_TTL;
        return clock.instant().plus(ttl.compareTo(minTtl) < 0 ? minTtl : ttl);
    }
}
