package io.mediakeep.preview.page;

import io.mediakeep.preview.url.WebUrl;
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

/** An oEmbed response (oEmbed 1.0, section 2.3.4). */
public final class OEmbed {
    private static final int MAX_HTML = 64 * 1024;
    private static final long MAX_CACHE_SECONDS = 365L * 24 * 60 * 60;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,9}");
    private static final Map<String, String> TYPES = Map.of("video", "video.other", "link", "website");

    private final JsonObject response;
    private final WebUrl url;

    private OEmbed(JsonObject response, WebUrl url) {
        this.response = response;
        this.url = url;
    }

    /**
     * The parsed response; empty for an invalid one.
     *
     * @param url of the response, the base of relative links
     */
    public static Optional<OEmbed> parse(String json, WebUrl url) {
        return LenientJson.parse(json)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(OEmbed::isOfThisVersion)
                .map(response -> new OEmbed(response, url));
    }

    /** Adds its metadata. */
    public void describe(PreviewMetadata metadata) {
        String type = JsonValues.text(response, "type").orElse("");
        metadata.put(PreviewMetadata.TITLE, words("title"));
        metadata.put(PreviewMetadata.SITE_NAME, words("provider_name"));
        if (TYPES.containsKey(type)) {
            metadata.put(PreviewMetadata.TYPE, Optional.ofNullable(TYPES.get(type)));
        }
        if (type.equals("photo")) {
            metadata.addImage(link("url"), Optional.empty());
        }
        metadata.addImage(link("thumbnail_url"), Optional.empty());
        if (type.equals("rich")) {
            JsonValues.text(response, "html").ifPresent(html -> describe(html, metadata));
        }
        metadata.put(PreviewMetadata.TITLE, words("author_name"));
    }

    /** The {@code cache_age}, if there is one. */
    public Optional<Duration> cacheAge() {
        JsonValue age = response.get("cache_age");
        if (age instanceof JsonNumber number) {
            return Optional.of(
                    Duration.ofSeconds((long) Math.min(Math.max(number.doubleValue(), 0), MAX_CACHE_SECONDS)));
        }
        return age instanceof JsonString text
                        && DIGITS.matcher(text.getString()).matches()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(text.getString())))
                : Optional.empty();
    }

    /** Whether its metadata suffices without fetching the page. */
    public boolean isSufficient() {
        return words("title").or(() -> words("author_name")).isPresent();
    }

    private void describe(String html, PreviewMetadata metadata) {
        Document part = Jsoup.parseBodyFragment(html.substring(0, Math.min(html.length(), MAX_HTML)));
        metadata.putText(
                PreviewMetadata.DESCRIPTION,
                BodyText.of(part, metadata.text(PreviewMetadata.TITLE).orElse("")));
        Element image = part.selectFirst("img[src]");
        if (image != null) {
            metadata.addImage(url.resolve(image.attr("src")), Optional.empty());
        }
    }

    /** The value with HTML entities decoded, which some providers use although JSON needs no escaping. */
    private Optional<String> words(String name) {
        return JsonValues.text(response, name).map(text -> Parser.unescapeEntities(text, false));
    }

    private Optional<WebUrl> link(String name) {
        return JsonValues.text(response, name).flatMap(url::resolve);
    }

    /** Version 1.0 as text or number; many responses have none. */
    private static boolean isOfThisVersion(JsonObject response) {
        JsonValue version = response.get("version");
        return version == null || version.toString().replace("\"", "").matches("1(\\.0)?");
    }
}
