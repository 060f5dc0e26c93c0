package io.mediakeep.preview;

import java.time.Instant;
import java.util.Optional;

/**
 * The parameters of a preview request.
 *
 * @param url as sent by the client
 * @param at the point in time that the preview should show; empty for now
 * @param acceptLanguage the client's {@code Accept-Language}
 * @param caller the user, for the limits
 */
public record PreviewRequest(String url, Optional<Instant> at, Optional<String> acceptLanguage, String caller) {}
