package io.mediakeep.preview;

import java.util.Optional;

/**
 * What was read from a page. It takes a few kilobytes, unlike the page, which is not held while other servers are asked.
 *
 * @param byAuthor what its author says of it for others to show
 * @param byContent what a reader would see of it
 * @param oEmbed where an oEmbed answer about it can be had
 * @param refresh where it sends its readers on to at once
 */
record PageDescription(Facts byAuthor, Facts byContent, Optional<WebUrl> oEmbed, Optional<WebUrl> refresh) {}
