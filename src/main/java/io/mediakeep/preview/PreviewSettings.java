package io.mediakeep.preview;

import java.time.Duration;
import java.util.List;

/**
 * How previews of web pages are made.
 *
 * @param enabled whether they are made at all
 * @param maxPageSize how many bytes of a page are read
 * @param maxImageSize the largest picture, in bytes
 * @param timeout how long a page, its oEmbed answer and its picture may take together
 * @param cacheTtl how long a preview is kept at least, whatever the page wishes
 * @param urlRules {@code allow} or {@code deny} and a pattern each; the first that fits decides
 * @param oEmbedProviders a pattern for pages and the URL that is asked about them each
 */
public record PreviewSettings(
        boolean enabled,
        long maxPageSize,
        long maxImageSize,
        Duration timeout,
        Duration cacheTtl,
        Introduction introduction,
        List<String> urlRules,
        List<String> oEmbedProviders) {
    public static final PreviewSettings DEFAULTS = new PreviewSettings(
            true,
            2L * 1024 * 1024,
            10L * 1024 * 1024,
            Duration.ofSeconds(15),
            Duration.ofHours(1),
            Introduction.DEFAULTS,
            List.of(),
            List.of());

    /** Larger pages would not fit into memory several at a time. */
    public static final long LARGEST_PAGE = 16L * 1024 * 1024;

    /**
     * What we say of ourselves to the servers that we ask.
     *
     * @param userAgent the {@code User-Agent}
     * @param userAgents a pattern for hosts and the {@code User-Agent} for them each
     * @param acceptLanguage the {@code Accept-Language} when a client does not say
     */
    public record Introduction(String userAgent, List<String> userAgents, String acceptLanguage) {
        public static final Introduction DEFAULTS =
                new Introduction("Mozilla/5.0 (compatible; Mediakeep; link preview bot)", List.of(), "en");

        /** Keeps its own copy of the list; refuses nonsense with {@link IllegalArgumentException}. */
        public Introduction {
            userAgents =
                    userAgents.stream().map(PreviewSettings::checkedUserAgent).toList();
        }
    }

    /** Keeps its own copies of the lists; refuses nonsense with {@link IllegalArgumentException}. */
    public PreviewSettings {
        urlRules = urlRules.stream().map(PreviewSettings::checkedRule).toList();
        oEmbedProviders =
                oEmbedProviders.stream().map(PreviewSettings::checkedProvider).toList();
    }

    /** The text again, if it is a rule; else {@link IllegalArgumentException}. */
    public static String checkedRule(String text) {
        new UrlRules(List.of(text));
        return text;
    }

    /** The text again, if it is a provider of oEmbed answers; else {@link IllegalArgumentException}. */
    public static String checkedProvider(String text) {
        new OEmbedProviders(List.of(text));
        return text;
    }

    /** The text again, if it is an {@code Accept-Language}; else {@link IllegalArgumentException}. */
    public static String checkedLanguage(String text) {
        if (!Language.isValid(text)) {
            throw new IllegalArgumentException("must be languages as browsers name them, such as de,en;q=0.5");
        }
        return text;
    }

    /** The text again, if it is a pattern for hosts and a user agent; else {@link IllegalArgumentException}. */
    public static String checkedUserAgent(String text) {
        new UserAgents("", List.of(text));
        return text;
    }
}
