package io.mediakeep.preview;

import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/** An oEmbed answer (oEmbed 1.0, section 2.3.4): what a provider says of one of its pages. */
final class OEmbed {
    private static final int LONGEST_HTML = 64 * 1024;
    private static final long LONGEST_CACHE_SECONDS = 365L * 24 * 60 * 60;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Map<String, String> TYPES = Map.of("video", "video.other", "link", "website");

    private final JsonObject answer;
    private final WebUrl url;

    private OEmbed(JsonObject answer, WebUrl url) {
        this.answer = answer;
        this.url = url;
    }

    /**
     * The answer that is written here, unless it is none.
     *
     * @param url where it came from; links in it may be relative to that
     */
    static Optional<OEmbed> parse(String json, WebUrl url) {
        return LenientJson.parse(json)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(OEmbed::isOfThisVersion)
                .map(answer -> new OEmbed(answer, url));
    }

    /** What it says of the page. */
    void describe(Facts facts) {
        String type = JsonValues.text(answer, "type").orElse("");
        facts.say(Facts.TITLE, words("title"));
        facts.say(Facts.SITE_NAME, words("provider_name"));
        if (TYPES.containsKey(type)) {
            facts.say(Facts.TYPE, Optional.ofNullable(TYPES.get(type)));
        }
        if (type.equals("photo")) {
            facts.picture(link("url"), Optional.empty());
        }
        facts.picture(link("thumbnail_url"), Optional.empty());
        if (type.equals("rich")) {
            JsonValues.text(answer, "html").ifPresent(html -> describe(html, facts));
        }
        facts.say(Facts.TITLE, words("author_name"));
    }

    /** How long the provider wants it to be kept, if it says so. */
    Optional<Duration> cacheAge() {
        JsonValue age = answer.get("cache_age");
        if (age instanceof JsonNumber number) {
            return Optional.of(
                    Duration.ofSeconds((long) Math.min(Math.max(number.doubleValue(), 0), LONGEST_CACHE_SECONDS)));
        }
        return age instanceof JsonString text
                        && DIGITS.matcher(text.getString()).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text.getString())))
                : Optional.empty();
    }

    /** Whether it says enough for the page itself not to be needed. */
    boolean speaksForThePage() {
        return words("title").or(() -> words("author_name")).isPresent();
    }

    private void describe(String html, Facts facts) {
        Document part = Jsoup.parseBodyFragment(html.substring(0, Math.min(html.length(), LONGEST_HTML)));
        facts.sayParagraphs(
                Facts.DESCRIPTION, BodyText.of(part, facts.text(Facts.TITLE).orElse("")));
        Element image = part.selectFirst("img[src]");
        if (image != null) {
            facts.picture(url.resolve(image.attr("src")), Optional.empty());
        }
    }

    /** Providers escape for HTML what needs no escaping here. */
    private Optional<String> words(String name) {
        return JsonValues.text(answer, name).map(text -> Parser.unescapeEntities(text, false));
    }

    private Optional<WebUrl> link(String name) {
        return JsonValues.text(answer, name).flatMap(url::resolve);
    }

    /** 1.0, as text or as a number; many leave it out. */
    private static boolean isOfThisVersion(JsonObject answer) {
        JsonValue version = answer.get("version");
        return version == null || version.toString().replace("\"", "").matches("1(\\.0)?");
    }
}
