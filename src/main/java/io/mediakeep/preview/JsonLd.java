package io.mediakeep.preview;

import static io.mediakeep.preview.Facts.DESCRIPTION;
import static io.mediakeep.preview.Facts.PUBLISHED;
import static io.mediakeep.preview.Facts.SITE_NAME;
import static io.mediakeep.preview.Facts.TITLE;

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

/** What a page says of itself in the words of schema.org, as JSON-LD. */
final class JsonLd {
    private static final int MOST_SCRIPTS = 10;
    private static final int MOST_THINGS = 200;

    /** What a page can be about, unlike the trail, the search box and the company that are on every page of a site. */
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

    private final List<JsonObject> things;
    private final Function<String, Optional<WebUrl>> link;

    /** @param link where a link on this page leads */
    JsonLd(Document page, Function<String, Optional<WebUrl>> link) {
        this.link = link;
        this.things = things(page);
    }

    /** What is said of the subject of the page, else of the page. */
    void describe(Facts facts) {
        first(SUBJECTS).or(() -> first(PAGES)).ifPresent(thing -> describe(thing, facts));
        first(Set.of("WebSite")).ifPresent(site -> facts.say(SITE_NAME, words(site, "name")));
    }

    /** The headline of what the page is about. */
    Optional<String> headline() {
        return first(SUBJECTS).flatMap(thing -> words(thing, "headline"));
    }

    private void describe(JsonObject thing, Facts facts) {
        facts.say(TITLE, words(thing, "headline").or(() -> words(thing, "name")));
        facts.say(DESCRIPTION, words(thing, "description"));
        facts.say(PUBLISHED, JsonValues.text(thing, "datePublished"));
        facts.say(
                SITE_NAME,
                objects(thing, "publisher")
                        .flatMap(publisher -> words(publisher, "name").stream())
                        .findFirst());
        facts.picture(
                Stream.of("image", "thumbnailUrl", "primaryImageOfPage")
                        .flatMap(name -> JsonValues.each(thing.get(name)))
                        .flatMap(JsonLd::links)
                        .flatMap(href -> link.apply(href).stream())
                        .findFirst(),
                Optional.empty());
    }

    private Optional<JsonObject> first(Set<String> types) {
        return things.stream().filter(thing -> is(thing, types)).findFirst();
    }

    private static boolean is(JsonObject thing, Set<String> types) {
        return JsonValues.each(thing.get("@type"))
                .flatMap(type -> JsonValues.text(type).stream())
                .map(type -> type.substring(type.lastIndexOf('/') + 1))
                .anyMatch(types::contains);
    }

    /** An image is a link, or an object with one. */
    private static Stream<String> links(JsonValue image) {
        if (image instanceof JsonObject object) {
            return Stream.of("url", "contentUrl", "@id").flatMap(name -> JsonValues.text(object, name).stream());
        }
        return JsonValues.text(image).stream();
    }

    private static Stream<JsonObject> objects(JsonObject thing, String name) {
        return JsonValues.each(thing.get(name))
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast);
    }

    /** Authors escape for HTML what needs no escaping in a script. */
    private static Optional<String> words(JsonObject thing, String name) {
        return JsonValues.text(thing, name).map(text -> Parser.unescapeEntities(text, false));
    }

    private static List<JsonObject> things(Document page) {
        Deque<JsonValue> open = new ArrayDeque<>();
        page.select("script[type~=(?i)^\\s*application/ld\\+json]").stream()
                .limit(MOST_SCRIPTS)
                .map(Element::data)
                .forEach(script -> LenientJson.parse(script).ifPresent(open::add));
        List<JsonObject> things = new ArrayList<>();
        while (!open.isEmpty() && things.size() < MOST_THINGS) {
            JsonValues.each(open.remove())
                    .limit(MOST_THINGS)
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast)
                    .forEach(thing -> {
                        things.add(thing);
                        PARTS.forEach(
                                part -> Optional.ofNullable(thing.get(part)).ifPresent(open::add));
                    });
        }
        return things;
    }
}
