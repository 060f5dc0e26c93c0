package io.mediakeep.preview.page;

import io.mediakeep.preview.url.WebUrl;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parses an HTML page and extracts its metadata. Memory and time are bounded for any input: elements are counted and
 * nesting is limited during parsing, and every value is truncated.
 */
public final class HtmlPage {
    /** Elements after these are not parsed. */
    private static final int MAX_ELEMENTS = 30_000;

    /** Deeper nesting is flattened; real pages do not reach it. */
    private static final int MAX_DEPTH = 256;

    /** A refresh after a longer time is not a redirect. */
    private static final int MAX_REFRESH_SECONDS = 5;

    private static final Logger log = LoggerFactory.getLogger(HtmlPage.class);
    private static final List<String> HEADINGS = List.of("h1", "h2", "h3");
    private static final Pattern REFRESH =
            Pattern.compile("([0-9]{1,9})[0-9.]*[\\s;,]+url\\s*=(.*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern OEMBED = Pattern.compile("(?i)\\s*(?:application|text)/json\\+oembed\\b.*");

    private final Document page;
    private final WebUrl url;
    private final WebUrl base;
    private final MetaTags tags;

    private HtmlPage(Document page, WebUrl url) {
        this.page = page;
        this.url = url;
        this.base = base(page, url);
        this.tags = new MetaTags(page, base::resolve);
    }

    /** Parses a page; any text is one. */
    public static ParsedPage read(String html, WebUrl url) {
        HtmlPage page = parse(html, url);
        PreviewMetadata declared = page.declaredMetadata();
        return new ParsedPage(declared, page.derivedMetadata(declared), page.oEmbed(), page.refresh());
    }

    private static HtmlPage parse(String html, WebUrl url) {
        try (StreamParser parser = new StreamParser(Parser.htmlParser().setMaxDepth(MAX_DEPTH))) {
            readElements(parser.parse(html, url.toString()).iterator());
            return new HtmlPage(parser.document(), url);
        }
    }

    /** jsoup 1.24 throws for some deep nestings of formatting elements; what it has parsed before is used. */
    private static void readElements(Iterator<Element> elements) {
        try {
            for (int count = 0; count < MAX_ELEMENTS && elements.hasNext(); count++) {
                elements.next();
            }
        } catch (IndexOutOfBoundsException parserBug) {
            log.debug("A page is parsed up to the element at which the parser fails", parserBug);
        }
    }

    /** The metadata that the page declares: Open Graph, Twitter card, JSON-LD, in this order. */
    private PreviewMetadata declaredMetadata() {
        PreviewMetadata metadata = new PreviewMetadata();
        JsonLd data = new JsonLd(page, base::resolve);
        if (tags.titleIsSiteName() && !isHome()) {
            metadata.put(PreviewMetadata.TITLE, data.headline().or(this::onlyHeading));
        }
        tags.describeByOpenGraph(metadata);
        tags.describeByTwitterCard(metadata);
        data.describe(metadata);
        return metadata;
    }

    private boolean isHome() {
        return url.uri().getRawPath().equals("/");
    }

    private Optional<String> onlyHeading() {
        List<String> headings = page.select("h1").eachText();
        return headings.size() == 1 ? Optional.of(headings.get(0)) : Optional.empty();
    }

    /** Metadata derived from the content, for keys that are not declared. */
    private PreviewMetadata derivedMetadata(PreviewMetadata declared) {
        PreviewMetadata metadata = new PreviewMetadata();
        metadata.put(PreviewMetadata.TITLE, declared.text(PreviewMetadata.TITLE).or(this::title));
        metadata.put(
                PreviewMetadata.DESCRIPTION,
                declared.text(PreviewMetadata.DESCRIPTION).or(tags::description));
        if (!metadata.has(PreviewMetadata.DESCRIPTION)) {
            metadata.putText(
                    PreviewMetadata.DESCRIPTION,
                    BodyText.of(page, metadata.text(PreviewMetadata.TITLE).orElse("")));
        }
        tags.describeSite(metadata);
        if (declared.images().isEmpty()) {
            metadata.addImage(new ImageCandidates(page, base::resolve).best(), Optional.empty());
        }
        return metadata;
    }

    /** The oEmbed endpoint that the page declares (oEmbed, section 4). */
    private Optional<WebUrl> oEmbed() {
        return page.select("link[rel~=(?i)(^|\\s)alternat(e|ive)(\\s|$)][type][href]").stream()
                .filter(link -> OEMBED.matcher(link.attr("type")).matches())
                .flatMap(link -> base.resolve(link.attr("href")).stream())
                .findFirst();
    }

    /** The target of an immediate {@code <meta http-equiv="refresh">}. */
    private Optional<WebUrl> refresh() {
        return page.select("meta[http-equiv~=(?i)^\\s*refresh\\s*$]").stream()
                .filter(meta -> meta.closest("noscript") == null)
                .map(meta -> meta.attr("content").strip())
                .filter(content -> content.length() <= WebUrl.MAX_LENGTH)
                .map(REFRESH::matcher)
                .filter(Matcher::matches)
                .filter(refresh -> Integer.parseInt(refresh.group(1)) <= MAX_REFRESH_SECONDS)
                .flatMap(refresh -> base.resolve(unquoted(refresh.group(2))).stream())
                .findFirst();
    }

    private Optional<String> title() {
        Stream<String> titles = page.select("title").stream()
                .filter(title -> title.closest("svg") == null)
                .map(Element::text);
        Stream<String> headings = HEADINGS.stream()
                .flatMap(heading -> page.select(heading).stream().limit(1))
                .map(Element::text);
        return Stream.concat(titles, headings).filter(text -> !text.isBlank()).findFirst();
    }

    private static WebUrl base(Document page, WebUrl url) {
        Element base = page.selectFirst("base[href]");
        return base == null ? url : url.resolve(base.attr("href")).orElse(url);
    }

    private static String unquoted(String link) {
        String plain = link.strip();
        boolean quoted = plain.startsWith("'") || plain.startsWith("\"");
        int end = quoted ? plain.indexOf(plain.charAt(0), 1) : -1;
        return quoted ? plain.substring(1, end < 0 ? plain.length() : end) : plain;
    }
}
