package io.mediakeep.preview.page;

import io.mediakeep.preview.url.WebUrl;
import java.util.Optional;

/**
 * What was extracted from a page: a few kilobytes, so that the page is not held during further requests.
 *
 * @param declared metadata that the page declares
 * @param derived metadata derived from its content
 * @param oEmbed the declared oEmbed endpoint
 * @param refresh the target of an immediate refresh
 */
public record ParsedPage(
        PreviewMetadata declared, PreviewMetadata derived, Optional<WebUrl> oEmbed, Optional<WebUrl> refresh) {}
