package io.mediakeep.preview;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.http.OutboundResponse;
import io.mediakeep.preview.page.HtmlPage;
import io.mediakeep.preview.page.HtmlSignature;
import io.mediakeep.preview.page.PageDecoder;
import io.mediakeep.preview.page.ParsedPage;
import io.mediakeep.preview.url.WebUrl;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches a page, following redirects and refreshes, and parses it. */
final class PageFetcher {
    private static final Logger log = LoggerFactory.getLogger(PageFetcher.class);

    /** How many refreshes are followed, beside HTTP redirects. */
    private static final int MAX_REFRESHES = 2;

    private static final Set<String> PAGES = Set.of("text/html", "application/xhtml+xml");

    /** The memory that parsing a page may take; concurrent pages are limited to half the heap. */
    private static final long BYTES_PER_PAGE = 64L * 1024 * 1024;

    private final PageClient client;
    private final int maxPageBytes;
    private final Semaphore parsing = new Semaphore(maxConcurrentPages());

    PageFetcher(PageClient client, long maxPageBytes) {
        this.client = client;
        this.maxPageBytes = Math.toIntExact(maxPageBytes);
    }

    /** The parsed page, if the response is HTML by its type or its first bytes. */
    record FetchedPage(OutboundResponse response, WebUrl url, Optional<ParsedPage> page, Validators validators)
            implements Closeable {

        /** Whether the Content-Type is an image type; the body has not been read then. */
        boolean isImage() {
            return type().startsWith("image/");
        }

        /** The media type in lower case, without parameters; empty for none. */
        String type() {
            return PageFetcher.type(response);
        }

        @Override
        public void close() {
            response.close();
        }
    }

    /** Fetches the page; with validators the response may be 304. */
    FetchedPage fetch(PreviewKey key, Validators known, Deadline deadline) throws IOException {
        FetchedPage fetched = read(key.url(), key.language(), known, deadline);
        for (int followed = 0; followed < MAX_REFRESHES; followed++) {
            WebUrl here = fetched.url();
            Optional<WebUrl> target =
                    fetched.page().flatMap(ParsedPage::refresh).filter(next -> !next.equals(here));
            if (target.isEmpty()) {
                break;
            }
            fetched.close();
            FetchedPage next = read(target.get(), key.language(), Validators.NONE, deadline);
            fetched = new FetchedPage(next.response(), next.url(), next.page(), Validators.NONE);
        }
        return fetched;
    }

    private FetchedPage read(WebUrl url, Language language, Validators known, Deadline deadline) throws IOException {
        OutboundResponse response = client.page(url, language, known, deadline);
        boolean read = false;
        try {
            WebUrl here = PageClient.urlOf(response, url);
            Optional<ParsedPage> page = page(response, here, deadline);
            read = true;
            return new FetchedPage(response, here, page, Validators.of(response));
        } finally {
            if (!read) {
                response.close();
            }
        }
    }

    /** The page, if the response is one, by its Content-Type or its first bytes. */
    private Optional<ParsedPage> page(OutboundResponse response, WebUrl url, Deadline deadline) throws IOException {
        String type = type(response);
        InputStream body = response.body();
        if (!PageClient.isSuccess(response)) {
            return Optional.empty();
        }
        if (HtmlSignature.isUncertain(type)) {
            byte[] beginning = body.readNBytes(HtmlSignature.BYTES);
            return HtmlSignature.begins(beginning)
                    ? Optional.of(parse(
                            new SequenceInputStream(new ByteArrayInputStream(beginning), body),
                            response,
                            url,
                            deadline))
                    : Optional.empty();
        }
        return PAGES.contains(type) ? Optional.of(parse(body, response, url, deadline)) : Optional.empty();
    }

    private ParsedPage parse(InputStream body, OutboundResponse response, WebUrl url, Deadline deadline)
            throws IOException {
        byte[] bytes = body.readNBytes(maxPageBytes);
        acquirePermit(deadline);
        try {
            return HtmlPage.read(PageDecoder.decode(bytes, response.header("Content-Type")), url);
        } catch (RuntimeException fault) { // a bug of the parser, triggered by the page
            log.warn("The page {} cannot be parsed: {}", url, fault.toString());
            return HtmlPage.read("", url);
        } finally {
            parsing.release();
        }
    }

    private void acquirePermit(Deadline deadline) {
        try {
            if (!parsing.tryAcquire(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)) {
                throw PageClient.tooSlow();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw PageClient.tooSlow();
        }
    }

    /** In lower case, without parameters; empty for none. */
    private static String type(OutboundResponse response) {
        String contentType = response.header("Content-Type").orElse("");
        return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static int maxConcurrentPages() {
        Runtime machine = Runtime.getRuntime();
        return (int) Math.max(1, Math.min(machine.availableProcessors(), machine.maxMemory() / 2 / BYTES_PER_PAGE));
    }
}
