package io.mediakeep.preview;

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
 * A page of the web, and what it says of itself. However it is made, reading it costs bounded memory and time: elements
 * are counted and nesting is limited while it is parsed, and every value is cut.
 */
final class HtmlPage {
    /** What comes after so many elements is not read. */
    private static final int MOST_ELEMENTS = 30_000;

    /** Deeper nesting is flattened; no page that people write comes near. */
    private static final int DEEPEST = 256;

    /** Who is sent on later than this has had time to read the page. */
    private static final int LONGEST_REFRESH_SECONDS = 5;

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

    /** Reads a page; any text is one. */
    static PageDescription read(String html, WebUrl url) {
        HtmlPage page = parse(html, url);
        Facts byAuthor = page.describeByAuthor();
        return new PageDescription(byAuthor, page.describeByContent(byAuthor), page.oEmbed(), page.refresh());
    }

    private static HtmlPage parse(String html, WebUrl url) {
        try (StreamParser parser = new StreamParser(Parser.htmlParser().setMaxDepth(DEEPEST))) {
            readOn(parser.parse(html, url.toString()).iterator());
            return new HtmlPage(parser.document(), url);
        }
    }

    /** The parser of jsoup 1.24 loses count of formatting elements in some deep nestings; what it has read before stays. */
    private static void readOn(Iterator<Element> elements) {
        try {
            for (int count = 0; count < MOST_ELEMENTS && elements.hasNext(); count++) {
                elements.next();
            }
        } catch (IndexOutOfBoundsException faultOfTheParser) {
            log.debug("A page is read up to where its parser fails", faultOfTheParser);
        }
    }

    /** What its author says of it for others to show: Open Graph, Twitter card, JSON-LD, in this order. */
    private Facts describeByAuthor() {
        Facts facts = new Facts();
        JsonLd data = new JsonLd(page, base::resolve);
        if (tags.titleIsTheSites() && !isHome()) {
            facts.say(Facts.TITLE, data.headline().or(this::onlyHeading));
        }
        tags.describeByOpenGraph(facts);
        tags.describeByTwitterCard(facts);
        data.describe(facts);
        return facts;
    }

    private boolean isHome() {
        return url.uri().getRawPath().equals("/");
    }

    private Optional<String> onlyHeading() {
        List<String> headings = page.select("h1").eachText();
        return headings.size() == 1 ? Optional.of(headings.get(0)) : Optional.empty();
    }

    /** What a reader would see of it, as far as its author has not said it. */
    private Facts describeByContent(Facts byAuthor) {
        Facts facts = new Facts();
        facts.say(Facts.TITLE, byAuthor.text(Facts.TITLE).or(this::title));
        facts.say(Facts.DESCRIPTION, byAuthor.text(Facts.DESCRIPTION).or(tags::description));
        if (!facts.has(Facts.DESCRIPTION)) {
            facts.sayParagraphs(
                    Facts.DESCRIPTION, BodyText.of(page, facts.text(Facts.TITLE).orElse("")));
        }
        tags.nameTheSite(facts);
        if (byAuthor.pictures().isEmpty()) {
            facts.picture(new PagePictures(page, base::resolve).best(), Optional.empty());
        }
        return facts;
    }

    /** Where an oEmbed answer about this page can be had (oEmbed, section 4). */
    private Optional<WebUrl> oEmbed() {
        return page.select("link[rel~=(?i)(^|\\s)alternat(e|ive)(\\s|$)][type][href]").stream()
                .filter(link -> OEMBED.matcher(link.attr("type")).matches())
                .flatMap(link -> base.resolve(link.attr("href")).stream())
                .findFirst();
    }

    /** Where the page sends its readers on to at once, if that is another page. */
    private Optional<WebUrl> refresh() {
        return page.select("meta[http-equiv~=(?i)^\\s*refresh\\s*$]").stream()
                .filter(meta -> meta.closest("noscript") == null)
                .map(meta -> meta.attr("content").strip())
                .filter(content -> content.length() <= WebUrl.LONGEST)
                .map(REFRESH::matcher)
                .filter(Matcher::matches)
                .filter(refresh -> Integer.parseInt(refresh.group(1)) <= LONGEST_REFRESH_SECONDS)
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
