package io.mediakeep.preview;

import io.mediakeep.preview.page.OEmbedProviders;
import io.mediakeep.preview.url.UrlRules;
import java.time.Duration;
import java.util.List;

/**
 * Settings of URL previews.
 *
 * @param enabled whether previews are enabled
 * @param maxPageSize the maximum number of bytes of a page that are read
 * @param maxImageSize the maximum size of an image in bytes
 * @param timeout for a page, its oEmbed response and its image together
 * @param cacheTtl the minimum time for which a preview is cached, whatever the page requests
 * @param urlRules {@code allow} or {@code deny} and a pattern each; the first match decides
 * @param oEmbedProviders a pattern for pages and their oEmbed endpoint each
 */
public record PreviewSettings(
        boolean enabled,
        long maxPageSize,
        long maxImageSize,
        Duration timeout,
        Duration cacheTtl,
        RequestHeaders requestHeaders,
        List<String> urlRules,
        List<String> oEmbedProviders) {
    public static final PreviewSettings DEFAULTS = new PreviewSettings(
            true,
            2L * 1024 * 1024,
            10L * 1024 * 1024,
            Duration.ofSeconds(15),
            Duration.ofHours(1),
            RequestHeaders.DEFAULTS,
            List.of(),
            List.of());

    /** Several larger pages would not fit into memory. */
    public static final long MAX_PAGE_BYTES = 16L * 1024 * 1024;

    /**
     * The headers that identify this server to sites.
     *
     * @param userAgent the {@code User-Agent}
     * @param userAgents a pattern for hosts and the {@code User-Agent} for them each
     * @param acceptLanguage the {@code Accept-Language} when a client sends none
     */
    public record RequestHeaders(String userAgent, List<String> userAgents, String acceptLanguage) {
        public static final RequestHeaders DEFAULTS =
                new RequestHeaders("Mozilla/5.0 (compatible; Mediakeep; link preview bot)", List.of(), "en");

        /** Copies the list; {@link IllegalArgumentException} for invalid values. */
        public RequestHeaders {
            userAgents =
                    userAgents.stream().map(PreviewSettings::checkedUserAgent).toList();
        }
    }

    /** Copies the lists; {@link IllegalArgumentException} for invalid values. */
    public PreviewSettings {
        urlRules = urlRules.stream().map(PreviewSettings::checkedRule).toList();
        oEmbedProviders =
                oEmbedProviders.stream().map(PreviewSettings::checkedProvider).toList();
    }

    /** The text if it is a valid rule, otherwise {@link IllegalArgumentException}. */
    public static String checkedRule(String text) {
        new UrlRules(List.of(text));
        return text;
    }

    /** The text if it is a valid oEmbed provider, otherwise {@link IllegalArgumentException}. */
    public static String checkedProvider(String text) {
        new OEmbedProviders(List.of(text));
        return text;
    }

    /** The text if it is a valid {@code Accept-Language}, otherwise {@link IllegalArgumentException}. */
    public static String checkedLanguage(String text) {
        if (!Language.isValid(text)) {
            throw new IllegalArgumentException("must be languages as browsers name them, such as de,en;q=0.5");
        }
        return text;
    }

    /** The text if it is a host pattern and a user agent, otherwise {@link IllegalArgumentException}. */
    public static String checkedUserAgent(String text) {
        new UserAgents("", List.of(text));
        return text;
    }
}
