package io.mediakeep.preview.page;

import io.mediakeep.preview.url.WebUrl;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The Open Graph metadata of a page, merged from several sources in order of preference: the first value of a key
 * stays. Number and length of values are limited, and no URL that clients would load from third parties is included.
 */
public final class PreviewMetadata {
    /** The keys that previews use most. */
    public static final String TITLE = "og:title";

    public static final String DESCRIPTION = "og:description";
    public static final String SITE_NAME = "og:site_name";
    public static final String TYPE = "og:type";
    public static final String URL = "og:url";
    public static final String PUBLISHED = "article:published_time";

    public static final int MAX_DESCRIPTION = 500;
    private static final int MAX_VALUE = 300;
    private static final int MAX_LINK = 1000;
    private static final int MAX_KEYS = 50;

    /** How many images are tried until one can be fetched. */
    private static final int MAX_IMAGES = 3;

    private static final Pattern KEY = Pattern.compile("(?:og|article|profile):[a-z0-9_:.-]{1,50}");
    private static final Pattern MEDIA_KEY = Pattern.compile("og:(?:image|video|audio)(?:[:.].*)?");
    private static final Pattern LINK = Pattern.compile("(?i)https?://\\S*");

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<WebUrl, Image> images = new LinkedHashMap<>();

    /**
     * An image of the page.
     *
     * @param description its alternative text
     */
    public record Image(WebUrl url, Optional<String> description) {}

    /** Adds a value, unless the key has one, or the value is empty or not for previews. */
    public void put(String key, String value) {
        if (texts.size() >= MAX_KEYS || texts.containsKey(key) || !isAccepted(key)) {
            return;
        }
        boolean link = LINK.matcher(value.strip()).matches();
        String text = PlainText.line(value, link ? MAX_LINK + 1 : maxLength(key));
        if (!text.isEmpty() && text.length() <= MAX_LINK) { // a truncated URL is useless
            texts.put(key, text);
        }
    }

    /** Adds a value, if there is one. */
    public void put(String key, Optional<String> value) {
        value.ifPresent(text -> put(key, text));
    }

    /** Adds a text of paragraphs whose white space and length are already normalised. */
    public void putText(String key, String text) {
        if (!text.isEmpty()) {
            texts.putIfAbsent(key, text);
        }
    }

    /** Adds a candidate for the image, to be tried after those added before. */
    public void addImage(Optional<WebUrl> url, Optional<String> description) {
        if (url.isPresent() && images.size() < MAX_IMAGES) {
            images.putIfAbsent(url.get(), new Image(url.get(), description));
        }
    }

    /** Adds the values of another source for keys that have none. */
    public void putAll(PreviewMetadata others) {
        others.texts.forEach((key, text) -> {
            if (texts.size() < MAX_KEYS) {
                texts.putIfAbsent(key, text);
            }
        });
        others.images().forEach(image -> addImage(Optional.of(image.url()), image.description()));
    }

    public boolean has(String key) {
        return texts.containsKey(key);
    }

    /** The value of a key. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(texts.get(key));
    }

    /** The candidates for the image, best first. */
    public Collection<Image> images() {
        return images.values();
    }

    /** All values, in the order in which they were added. */
    public Map<String, String> texts() {
        return texts;
    }

    private static boolean isAccepted(String key) {
        return KEY.matcher(key).matches() && !MEDIA_KEY.matcher(key).matches();
    }

    private static int maxLength(String key) {
        return key.equals(DESCRIPTION) ? MAX_DESCRIPTION : MAX_VALUE;
    }
}
