package io.mediakeep.preview;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is said of a page, gathered source after source: the first word about something stands. Keys are those of Open
 * Graph ({@code og:title}); everything is bounded, and nothing is kept that a client would load from a third party by
 * itself.
 */
final class Facts {
    static final String TITLE = "og:title";
    static final String DESCRIPTION = "og:description";
    static final String SITE_NAME = "og:site_name";
    static final String TYPE = "og:type";
    static final String URL = "og:url";
    static final String PUBLISHED = "article:published_time";

    static final int LONGEST_DESCRIPTION = 500;
    private static final int LONGEST_VALUE = 300;
    private static final int LONGEST_LINK = 1000;
    private static final int MOST_KEYS = 50;

    /** How many pictures are tried until one can be had. */
    private static final int MOST_PICTURES = 3;

    private static final Pattern KEY = Pattern.compile("(?:og|article|profile):[a-z0-9_:.-]{1,50}");
    private static final Pattern MEDIA_KEY = Pattern.compile("og:(?:image|video|audio)(?:[:.].*)?");
    private static final Pattern LINK = Pattern.compile("(?i)https?://\\S*");

    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<WebUrl, Picture> pictures = new LinkedHashMap<>();

    /**
     * A picture of the page.
     *
     * @param description what it shows, in words
     */
    record Picture(WebUrl url, Optional<String> description) {}

    /** Says something, unless it has been said, is empty, or is not for a preview. */
    void say(String key, String value) {
        if (texts.size() >= MOST_KEYS || texts.containsKey(key) || !isKept(key)) {
            return;
        }
        boolean link = LINK.matcher(value.strip()).matches();
        String text = PlainText.line(value, link ? LONGEST_LINK + 1 : longest(key));
        if (!text.isEmpty() && text.length() <= LONGEST_LINK) { // a link that is cut leads nowhere
            texts.put(key, text);
        }
    }

    /** Says what is known. */
    void say(String key, Optional<String> value) {
        value.ifPresent(text -> say(key, text));
    }

    /** Says a text of paragraphs, which has the right blanks and length already. */
    void sayParagraphs(String key, String text) {
        if (!text.isEmpty()) {
            texts.putIfAbsent(key, text);
        }
    }

    /** Says which picture shows the page, where those that were said before cannot be had. */
    void picture(Optional<WebUrl> url, Optional<String> description) {
        if (url.isPresent() && pictures.size() < MOST_PICTURES) {
            pictures.putIfAbsent(url.get(), new Picture(url.get(), description));
        }
    }

    /** Says what others say that has not been said. */
    void sayAll(Facts others) {
        others.texts.forEach((key, text) -> {
            if (texts.size() < MOST_KEYS) {
                texts.putIfAbsent(key, text);
            }
        });
        others.pictures().forEach(theirs -> picture(Optional.of(theirs.url()), theirs.description()));
    }

    boolean has(String key) {
        return texts.containsKey(key);
    }

    /** What has been said about the key so far. */
    Optional<String> text(String key) {
        return Optional.ofNullable(texts.get(key));
    }

    /** The pictures that were said, the best first. */
    Collection<Picture> pictures() {
        return pictures.values();
    }

    /** All that was said in words, in the order in which it was. */
    Map<String, String> texts() {
        return texts;
    }

    private static boolean isKept(String key) {
        return KEY.matcher(key).matches() && !MEDIA_KEY.matcher(key).matches();
    }

    private static int longest(String key) {
        return key.equals(DESCRIPTION) ? LONGEST_DESCRIPTION : LONGEST_VALUE;
    }
}
