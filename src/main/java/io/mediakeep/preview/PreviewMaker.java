package io.mediakeep.preview;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.upload.ExpiringMedia;
import io.mediakeep.outbound.CacheDirectives;
import io.mediakeep.outbound.OutboundException;
import io.mediakeep.outbound.http.OutboundClient;
import io.mediakeep.outbound.http.OutboundResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a preview: visits the page, or who speaks for it, and brings its picture home, all under one deadline. */
final class PreviewMaker {
    private static final Logger log = LoggerFactory.getLogger(PreviewMaker.class);

    /** No page may wish to be kept for longer. */
    private static final Duration LONGEST_KEPT = Duration.ofHours(24);

    private static final int NOT_MODIFIED = 304;

    private final PageClient client;
    private final PageReader reader;
    private final OEmbedProviders providers;
    private final Pictures pictures;
    private final ExpiringMedia media;
    private final Duration shortestKept;
    private final Clock clock;

    PreviewMaker(PreviewSettings settings, OutboundClient http, ExpiringMedia media, Clock clock) {
        this.client = new PageClient(http, settings);
        this.reader = new PageReader(client, settings.maxPageSize());
        this.providers = new OEmbedProviders(settings.oEmbedProviders());
        this.pictures = new Pictures(client, media, settings.maxImageSize());
        this.media = media;
        this.shortestKept = settings.cacheTtl();
        this.clock = clock;
    }

    /** Whether the operator's rules let anybody look at the address. */
    boolean mayVisit(WebUrl url) {
        return client.mayVisit(url);
    }

    /**
     * The preview of a page.
     *
     * @param known what was kept before, in case the page has not changed
     * @throws MatrixException 403 when the rules forbid a redirect, 504 when the site takes too long, else 502
     */
    StoredPreview make(PreviewKey key, Optional<StoredPreview> known, Deadline deadline) {
        try {
            Optional<StoredPreview> provided = byProvider(key, deadline);
            return provided.isPresent() ? provided.get() : byPage(key, known, deadline);
        } catch (OutboundException failure) {
            if (failure.kind() == OutboundException.Kind.DENIED) {
                log.info("Refused to preview {}: {}", key.url(), failure.getMessage());
            }
            throw PageClient.refusal(failure);
        } catch (IOException fault) {
            log.warn("A preview of {} could not be made: {}", key.url(), fault.getMessage());
            throw MatrixException.badGateway("The site's answer could not be read");
        }
    }

    /** A provider that fails is no reason not to look at the page itself. */
    private Optional<StoredPreview> byProvider(PreviewKey key, Deadline deadline) {
        return providers
                .answering(key.url())
                .flatMap(endpoint -> oEmbed(endpoint, key, deadline))
                .filter(OEmbed::speaksForThePage)
                .map(answer -> {
                    Facts facts = new Facts();
                    answer.describe(facts);
                    Instant expiresAt = expiry(answer.cacheAge());
                    return preview(key, facts, Validators.NONE, expiresAt, deadline);
                });
    }

    private StoredPreview byPage(PreviewKey key, Optional<StoredPreview> known, Deadline deadline) throws IOException {
        Validators validators = known.map(StoredPreview::validators).orElse(Validators.NONE);
        try (PageReader.Visit visit = reader.visit(key, validators, deadline)) {
            OutboundResponse answer = visit.answer();
            Instant expiresAt = expiry(
                    CacheDirectives.maxAge(answer.headers("Cache-Control"), answer.header("Expires"), clock.instant()));
            if (answer.status() == NOT_MODIFIED && known.isPresent()) {
                return prolonged(key, known.get(), expiresAt, deadline);
            }
            if (!PageClient.isSuccess(answer)) {
                throw MatrixException.badGateway("The site answered with status " + answer.status());
            }
            if (visit.isPicture()) {
                return picturePreview(visit, expiresAt);
            }
            Optional<PageDescription> page = visit.page();
            answer.close(); // before the same site is asked again
            Facts facts = page.map(found -> describe(found, key, deadline)).orElseGet(() -> file(visit));
            return preview(key, facts, visit.validators(), expiresAt, deadline);
        }
    }

    /** Without a type nothing tells it from a page. */
    private static Facts file(PageReader.Visit visit) {
        return visit.type().isEmpty()
                ? new Facts()
                : LinkedFile.describe(visit.url(), visit.type(), visit.answer().length());
    }

    /** The page has not changed; if its picture is gone meanwhile, it is read all the same. */
    private StoredPreview prolonged(PreviewKey key, StoredPreview known, Instant expiresAt, Deadline deadline)
            throws IOException {
        StoredPreview longer = known.prolonged(expiresAt);
        boolean whole = known.image()
                .map(image -> media.extendExpiry(image, longer.keepImageUntil()))
                .orElse(true);
        return whole ? longer : byPage(key, Optional.empty(), deadline);
    }

    private Facts describe(PageDescription page, PreviewKey key, Deadline deadline) {
        Facts facts = new Facts();
        facts.sayAll(page.byAuthor());
        if (!facts.has(Facts.TITLE) || facts.pictures().isEmpty()) {
            page.oEmbed()
                    .flatMap(endpoint -> oEmbed(endpoint, key, deadline))
                    .ifPresent(answer -> answer.describe(facts));
        }
        facts.sayAll(page.byContent());
        return facts;
    }

    private Optional<OEmbed> oEmbed(WebUrl endpoint, PreviewKey key, Deadline deadline) {
        try (OutboundResponse answer = client.json(endpoint, key.language(), deadline)) {
            if (!PageClient.isSuccess(answer)) {
                return Optional.empty();
            }
            String json = new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
            return OEmbed.parse(json, PageClient.urlOf(answer, endpoint));
        } catch (IOException failure) {
            log.debug("No oEmbed answer from {}: {}", endpoint, failure.getMessage());
            return Optional.empty();
        }
    }

    private StoredPreview picturePreview(PageReader.Visit visit, Instant expiresAt) throws IOException {
        Facts facts = new Facts();
        Optional<String> name = visit.url().lastSegment();
        Optional<KeptPicture> picture = pictures.keep(visit.answer(), name, StoredPreview.imageUntil(expiresAt));
        if (picture.isPresent()) {
            facts.say(Facts.TITLE, name);
        }
        return stored(facts, picture, visit.validators(), expiresAt);
    }

    private StoredPreview preview(
            PreviewKey key, Facts facts, Validators validators, Instant expiresAt, Deadline deadline) {
        Optional<KeptPicture> picture = facts.pictures().stream()
                .flatMap(named ->
                        pictures.fetch(named, key.language(), deadline, StoredPreview.imageUntil(expiresAt)).stream())
                .findFirst();
        return stored(facts, picture, validators, expiresAt);
    }

    private StoredPreview stored(Facts facts, Optional<KeptPicture> picture, Validators validators, Instant expiresAt) {
        String json = PreviewJson.of(facts, picture);
        boolean whole = facts.pictures().isEmpty() || picture.isPresent(); // else the next time is another try
        return new StoredPreview(
                json, clock.instant(), expiresAt, whole ? validators : Validators.NONE, picture.map(KeptPicture::mxc));
    }

    /** Within a wish, but not for less than the operator's time, nor for more than a day. */
    private Instant expiry(Optional<Duration> wish) {
        Duration wished = wish.orElse(shortestKept);
        Duration kept = wished.compareTo(LONGEST_KEPT) < 0 ? wished : LONGEST_KEPT;
        return clock.instant().plus(kept.compareTo(shortestKept) < 0 ? shortestKept : kept);
    }
}
