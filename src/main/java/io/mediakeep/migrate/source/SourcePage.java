package io.mediakeep.migrate.source;

import java.util.List;
import java.util.Optional;

/**
 * Rows of a source, in order.
 *
 * @param last the position of the last one; empty at the end of the source
 */
public record SourcePage(List<SourceEntry> entries, Optional<SourcePosition> last) {}
