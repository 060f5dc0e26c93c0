package io.mediakeep.preview;

import static io.mediakeep.preview.Facts.DESCRIPTION;
import static io.mediakeep.preview.Facts.SITE_NAME;
import static io.mediakeep.preview.Facts.TITLE;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The {@code <meta>} elements of a page that describe it, by {@code property} or by {@code name}, in any case. */
final class MetaTags {
    private static final int MOST = 500;
    private static final List<String> PICTURES = List.of("og:image", "og:image:secure_url", "og:image:url");
    private static final List<String> TWITTER_PICTURES = List.of("twitter:image", "twitter:image:src");

    private final List<Tag> tags;
    private final Function<String, Optional<WebUrl>> link;

    private record Tag(String key, String content) {}

    /** @param link where a link on this page leads */
    MetaTags(Document page, Function<String, Optional<WebUrl>> link) {
        this.link = link;
        this.tags = page.select("meta[content]").stream()
                .limit(MOST)
                .flatMap(MetaTags::tags)
                .toList();
    }

    /** What Open Graph says (ogp.me). */
    void describeByOpenGraph(Facts facts) {
        pictures(facts, PICTURES, "og:image:alt");
        for (Tag tag : tags) {
            facts.say(tag.key(), tag.key().equals(Facts.URL) ? absolute(tag.content()) : tag.content());
        }
    }

    /** Whether Open Graph gives the page the name of its site for a title. */
    boolean titleIsTheSites() {
        Optional<String> site = first(Facts.SITE_NAME);
        return first(TITLE)
                .filter(title -> title.strip().equalsIgnoreCase(site.orElse("").strip()))
                .isPresent();
    }

    /** What a Twitter card says. */
    void describeByTwitterCard(Facts facts) {
        facts.say(TITLE, first("twitter:title"));
        facts.say(DESCRIPTION, first("twitter:description"));
        pictures(facts, TWITTER_PICTURES, "twitter:image:alt");
    }

    /** The description that a search engine would show. */
    Optional<String> description() {
        return first("description");
    }

    /** What the site calls itself, as an application or on Twitter. */
    void nameTheSite(Facts facts) {
        facts.say(SITE_NAME, first("application-name"));
        facts.say(SITE_NAME, first("twitter:site"));
    }

    private void pictures(Facts facts, List<String> keys, String description) {
        Optional<String> words = first(description);
        tags.stream().filter(tag -> keys.contains(tag.key())).forEach(tag -> facts.picture(link(tag.content()), words));
    }

    private Optional<String> first(String key) {
        return tags.stream()
                .filter(tag -> tag.key().equals(key))
                .map(Tag::content)
                .filter(content -> !content.isBlank())
                .findFirst();
    }

    private Optional<WebUrl> link(String href) {
        return href.isBlank() ? Optional.empty() : link.apply(href);
    }

    private String absolute(String href) {
        return link(href).map(WebUrl::toString).orElse("");
    }

    private static Stream<Tag> tags(Element meta) {
        return Stream.of("property", "name")
                .map(attribute -> meta.attr(attribute).strip().toLowerCase(Locale.ROOT))
                .filter(key -> !key.isEmpty())
                .map(key -> new Tag(key, meta.attr("content")));
    }
}
