package io.mediakeep.preview;

import java.time.Instant;
import java.util.Optional;

/**
 * What a client asks for.
 *
 * @param url the address as the client wrote it
 * @param at the point in time that the preview should show; absent is now
 * @param acceptLanguage the client's own {@code Accept-Language}
 * @param caller the user on whose behalf, for the limits
 */
public record PreviewRequest(String url, Optional<Instant> at, Optional<String> acceptLanguage, String caller) {}
