package io.mediakeep.preview.page;

import static io.mediakeep.preview.page.PreviewMetadata.DESCRIPTION;
import static io.mediakeep.preview.page.PreviewMetadata.PUBLISHED;
import static io.mediakeep.preview.page.PreviewMetadata.SITE_NAME;
import static io.mediakeep.preview.page.PreviewMetadata.TITLE;

import io.mediakeep.preview.url.WebUrl;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** The schema.org metadata of a page, as JSON-LD. */
final class JsonLd {
    private static final int MAX_SCRIPTS = 10;
    private static final int MAX_NODES = 200;

    /** Types of the main subject of a page, unlike those of navigation, search and publisher. */
    private static final Set<String> SUBJECTS = Set.of(
            "Article",
            "NewsArticle",
            "BlogPosting",
            "ReportageNewsArticle",
            "OpinionNewsArticle",
            "AnalysisNewsArticle",
            "ReviewNewsArticle",
            "BackgroundNewsArticle",
            "LiveBlogPosting",
            "TechArticle",
            "ScholarlyArticle",
            "Report",
            "SocialMediaPosting",
            "DiscussionForumPosting",
            "Question",
            "Product",
            "ProductGroup",
            "Recipe",
            "Review",
            "VideoObject",
            "AudioObject",
            "PodcastEpisode",
            "PodcastSeries",
            "Movie",
            "TVSeries",
            "TVEpisode",
            "Book",
            "MusicRecording",
            "MusicAlbum",
            "Event",
            "MusicEvent",
            "SportsEvent",
            "Course",
            "JobPosting",
            "Dataset",
            "SoftwareApplication",
            "MobileApplication",
            "SoftwareSourceCode",
            "HowTo",
            "Permit",
            "Restaurant",
            "LocalBusiness",
            "Hotel",
            "VideoGame",
            "CreativeWork",
            "Photograph",
            "VisualArtwork");

    private static final Set<String> PAGES =
            Set.of("WebPage", "ItemPage", "AboutPage", "ProfilePage", "QAPage", "FAQPage");
    private static final List<String> PARTS = List.of("@graph", "mainEntity", "mainEntityOfPage");

    private final List<JsonObject> nodes;
    private final Function<String, Optional<WebUrl>> link;

    /** @param link resolves a link of the page */
    JsonLd(Document page, Function<String, Optional<WebUrl>> link) {
        this.link = link;
        this.nodes = nodes(page);
    }

    /** Adds the metadata of the subject of the page, or else of the page. */
    void describe(PreviewMetadata metadata) {
        first(SUBJECTS).or(() -> first(PAGES)).ifPresent(node -> describe(node, metadata));
        first(Set.of("WebSite")).ifPresent(site -> metadata.put(SITE_NAME, words(site, "name")));
    }

    /** The headline of the subject. */
    Optional<String> headline() {
        return first(SUBJECTS).flatMap(node -> words(node, "headline"));
    }

    private void describe(JsonObject node, PreviewMetadata metadata) {
        metadata.put(TITLE, words(node, "headline").or(() -> words(node, "name")));
        metadata.put(DESCRIPTION, words(node, "description"));
        metadata.put(PUBLISHED, JsonValues.text(node, "datePublished"));
        metadata.put(
                SITE_NAME,
                objects(node, "publisher")
                        .flatMap(publisher -> words(publisher, "name").stream())
                        .findFirst());
        metadata.addImage(
                Stream.of("image", "thumbnailUrl", "primaryImageOfPage")
                        .flatMap(name -> JsonValues.each(node.get(name)))
                        .flatMap(JsonLd::links)
                        .flatMap(href -> link.apply(href).stream())
                        .findFirst(),
                Optional.empty());
    }

    private Optional<JsonObject> first(Set<String> types) {
        return nodes.stream().filter(node -> is(node, types)).findFirst();
    }

    private static boolean is(JsonObject node, Set<String> types) {
        return JsonValues.each(node.get("@type"))
                .flatMap(type -> JsonValues.text(type).stream())
                .map(type -> type.substring(type.lastIndexOf('/') + 1))
                .anyMatch(types::contains);
    }

    /** An image is a URL, or an object with one. */
    private static Stream<String> links(JsonValue image) {
        if (image instanceof JsonObject object) {
            return Stream.of("url", "contentUrl", "@id").flatMap(name -> JsonValues.text(object, name).stream());
        }
        return JsonValues.text(image).stream();
    }

    private static Stream<JsonObject> objects(JsonObject node, String name) {
        return JsonValues.each(node.get(name))
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast);
    }

    /** The value with HTML entities decoded, which some pages use although scripts need no escaping. */
    private static Optional<String> words(JsonObject node, String name) {
        return JsonValues.text(node, name).map(text -> Parser.unescapeEntities(text, false));
    }

    private static List<JsonObject> nodes(Document page) {
        Deque<JsonValue> open = new ArrayDeque<>();
        page.select("script[type~=(?i)^\\s*application/ld\\+json]").stream()
                .limit(MAX_SCRIPTS)
                .map(Element::data)
                .forEach(script -> LenientJson.parse(script).ifPresent(open::add));
        List<JsonObject> nodes = new ArrayList<>();
        while (!open.isEmpty() && nodes.size() < MAX_NODES) {
            JsonValues.each(open.remove())
                    .limit(MAX_NODES)
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast)
                    .forEach(node -> {
                        nodes.add(node);
                        PARTS.forEach(
                                part -> Optional.ofNullable(node.get(part)).ifPresent(open::add));
                    });
        }
        return nodes;
    }
}
