package io.mediakeep.migrate;

import io.mediakeep.migrate.source.SourceSettings;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is imported.
 *
 * @param sources in the order in which media is looked up in them
 * @param itemsPerSecond how fast the job adopts media; as fast as it can without
 */
public record ImportSettings(List<SourceSettings> sources, OptionalInt itemsPerSecond) {
    public static final int MAX_SOURCES = 10, MAX_ITEMS_PER_SECOND = 100_000;

    /** Copies the list. */
    public ImportSettings {
        sources = List.copyOf(sources);
    }
}
