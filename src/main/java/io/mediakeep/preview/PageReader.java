package io.mediakeep.preview;

import io.mediakeep.concurrent.Deadline;
import io.mediakeep.outbound.http.OutboundResponse;
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

/** Goes to a page, follows where it sends its readers on to, and reads what is there. */
final class PageReader {
    private static final Logger log = LoggerFactory.getLogger(PageReader.class);

    /** How often a page may send its readers on by itself, beside the redirects of HTTP. */
    private static final int MOST_REFRESHES = 2;

    private static final Set<String> PAGES = Set.of("text/html", "application/xhtml+xml");

    /** What a parsed page may need of memory while it is read; pages at once are as many as fit into half of it. */
    private static final long BYTES_PER_PAGE = 64L * 1024 * 1024;

    private final PageClient client;
    private final int longestPage;
    private final Semaphore parsing = new Semaphore(pagesAtOnce());

    PageReader(PageClient client, long longestPage) {
        this.client = client;
        this.longestPage = Math.toIntExact(longestPage);
    }

    /**
     * An answer and what is in it. Closing it ends the exchange.
     *
     * @param url what answered, after all redirects
     * @param page the page, if the answer is one
     * @param validators those of the answer, if it is that of the address that was asked for
     */
    record Visit(OutboundResponse answer, WebUrl url, Optional<PageDescription> page, Validators validators)
            implements Closeable {

        /** Whether the answer says of itself that it is a picture; its body has not been read then. */
        boolean isPicture() {
            return type().startsWith("image/");
        }

        /** The media type of the answer in lower case and without parameters; empty when the server does not say. */
        String type() {
            return PageReader.type(answer);
        }

        @Override
        public void close() {
            answer.close();
        }
    }

    /** Goes there; with validators only to see whether the page is still the same, then the answer is 304. */
    Visit visit(PreviewKey key, Validators known, Deadline deadline) throws IOException {
        Visit visit = read(key.url(), key.language(), known, deadline);
        for (int followed = 0; followed < MOST_REFRESHES; followed++) {
            WebUrl here = visit.url();
            Optional<WebUrl> onward =
                    visit.page().flatMap(PageDescription::refresh).filter(next -> !next.equals(here));
            if (onward.isEmpty()) {
                break;
            }
            visit.close();
            Visit next = read(onward.get(), key.language(), Validators.NONE, deadline);
            visit = new Visit(next.answer(), next.url(), next.page(), Validators.NONE);
        }
        return visit;
    }

    private Visit read(WebUrl url, Language language, Validators known, Deadline deadline) throws IOException {
        OutboundResponse answer = client.page(url, language, known, deadline);
        boolean read = false;
        try {
            WebUrl here = PageClient.urlOf(answer, url);
            Optional<PageDescription> page = page(answer, here, deadline);
            read = true;
            return new Visit(answer, here, page, Validators.of(answer));
        } finally {
            if (!read) {
                answer.close();
            }
        }
    }

    /** The page, if the answer is one: as it says, or as its first bytes do. */
    private Optional<PageDescription> page(OutboundResponse answer, WebUrl url, Deadline deadline) throws IOException {
        String type = type(answer);
        InputStream body = answer.body();
        if (!PageClient.isSuccess(answer)) {
            return Optional.empty();
        }
        if (HtmlSignature.isUncertain(type)) {
            byte[] beginning = body.readNBytes(HtmlSignature.BYTES);
            return HtmlSignature.begins(beginning)
                    ? Optional.of(parse(
                            new SequenceInputStream(new ByteArrayInputStream(beginning), body), answer, url, deadline))
                    : Optional.empty();
        }
        return PAGES.contains(type) ? Optional.of(parse(body, answer, url, deadline)) : Optional.empty();
    }

    private PageDescription parse(InputStream body, OutboundResponse answer, WebUrl url, Deadline deadline)
            throws IOException {
        byte[] bytes = body.readNBytes(longestPage);
        takePlace(deadline);
        try {
            return HtmlPage.read(PageDecoder.decode(bytes, answer.header("Content-Type")), url);
        } catch (RuntimeException fault) { // of the parser, and so of the page
            log.warn("The page {} cannot be parsed: {}", url, fault.toString());
            return HtmlPage.read("", url);
        } finally {
            parsing.release();
        }
    }

    private void takePlace(Deadline deadline) {
        try {
            if (!parsing.tryAcquire(deadline.remaining().toMillis(), TimeUnit.MILLISECONDS)) {
                throw PageClient.tooSlow();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw PageClient.tooSlow();
        }
    }

    /** In lower case and without parameters; empty when the server does not say. */
    private static String type(OutboundResponse answer) {
        String said = answer.header("Content-Type").orElse("");
        return said.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static int pagesAtOnce() {
        Runtime machine = Runtime.getRuntime();
        return (int) Math.max(1, Math.min(machine.availableProcessors(), machine.maxMemory() / 2 / BYTES_PER_PAGE));
    }
}
