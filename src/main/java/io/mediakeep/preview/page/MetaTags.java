package io.mediakeep.preview.page;

import static io.mediakeep.preview.page.PreviewMetadata.DESCRIPTION;
import static io.mediakeep.preview.page.PreviewMetadata.SITE_NAME;
import static io.mediakeep.preview.page.PreviewMetadata.TITLE;

import io.mediakeep.preview.url.WebUrl;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The {@code <meta>} elements of a page by {@code property} or {@code name}, case-insensitively. */
final class MetaTags {
    private static final int MAX_TAGS = 500;
    private static final List<String> IMAGE_KEYS = List.of("og:image", "og:image:secure_url", "og:image:url");
    private static final List<String> TWITTER_IMAGE_KEYS = List.of("twitter:image", "twitter:image:src");

    private final List<Tag> tags;
    private final Function<String, Optional<WebUrl>> link;

    private record Tag(String key, String content) {}

    /** @param link resolves a link of the page */
    MetaTags(Document page, Function<String, Optional<WebUrl>> link) {
        this.link = link;
        this.tags = page.select("meta[content]").stream()
                .limit(MAX_TAGS)
                .flatMap(MetaTags::tags)
                .toList();
    }

    /** Adds the Open Graph metadata (ogp.me). */
    void describeByOpenGraph(PreviewMetadata metadata) {
        addImages(metadata, IMAGE_KEYS, "og:image:alt");
        for (Tag tag : tags) {
            metadata.put(tag.key(), tag.key().equals(PreviewMetadata.URL) ? absolute(tag.content()) : tag.content());
        }
    }

    /** Whether {@code og:title} is the same as {@code og:site_name}. */
    boolean titleIsSiteName() {
        Optional<String> site = first(PreviewMetadata.SITE_NAME);
        return first(TITLE)
                .filter(title -> title.strip().equalsIgnoreCase(site.orElse("").strip()))
                .isPresent();
    }

    /** Adds the metadata of a Twitter card. */
    void describeByTwitterCard(PreviewMetadata metadata) {
        metadata.put(TITLE, first("twitter:title"));
        metadata.put(DESCRIPTION, first("twitter:description"));
        addImages(metadata, TWITTER_IMAGE_KEYS, "twitter:image:alt");
    }

    /** The {@code description}. */
    Optional<String> description() {
        return first("description");
    }

    /** Adds the name of the site, from the application name or Twitter account. */
    void describeSite(PreviewMetadata metadata) {
        metadata.put(SITE_NAME, first("application-name"));
        metadata.put(SITE_NAME, first("twitter:site"));
    }

    private void addImages(PreviewMetadata metadata, List<String> keys, String description) {
        Optional<String> words = first(description);
        tags.stream()
                .filter(tag -> keys.contains(tag.key()))
                .forEach(tag -> metadata.addImage(link(tag.content()), words));
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
