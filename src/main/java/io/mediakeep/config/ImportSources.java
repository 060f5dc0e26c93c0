package io.mediakeep.config;

import io.mediakeep.matrix.ServerName;
import io.mediakeep.migrate.ImportSettings;
import io.mediakeep.migrate.source.SourceSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedSet;
import java.util.function.Function;

/** Reads {@code import}. No problem contains the URL of a database. */
final class ImportSources {
    private static final String SOURCES = "import.sources";

    private final Values values;
    private final Function<String, Path> absolute;

    /** @param absolute resolves relative paths */
    ImportSources(Values values, Function<String, Path> absolute) {
        this.values = values;
        this.absolute = absolute;
    }

    /** The sources are in the order of their indexes, which may have gaps. */
    ImportSettings read() {
        List<SourceSettings> sources = new ArrayList<>();
        SortedSet<Integer> indexes = values.indexes(SOURCES);
        if (indexes.size() > ImportSettings.MAX_SOURCES) {
            values.problem(
                    SOURCES + "[" + indexes.last() + "].kind",
                    "must be one of at most " + ImportSettings.MAX_SOURCES + " sources");
        }
        for (int index : indexes) {
            source(SOURCES + "[" + index + "].").ifPresent(sources::add);
        }
        Optional<Integer> rate = values.find(
                "import.items-per-second", text -> Syntax.integer(text, 1, ImportSettings.MAX_ITEMS_PER_SECOND));
        return new ImportSettings(sources, rate.map(OptionalInt::of).orElseGet(OptionalInt::empty));
    }

    private Optional<SourceSettings> source(String entry) {
        Optional<SourceSettings.Kind> kind = required(entry + "kind", SourceSettings.Kind::of);
        Optional<String> database = required(entry + "database", SourceSettings::requireSupported);
        Optional<Path> mediaStore = required(entry + "media-store", absolute);
        ServerName serverName = values.find(entry + "server-name", ServerName::new)
                .orElseGet(() -> values.get("server-name", Config.DEFAULT_SERVER_NAME, ServerName::new));
        boolean link = values.get(entry + "link", false, Syntax::flag);
        boolean remote = values.get(entry + "remote", true, Syntax::flag);
        if (kind.isEmpty() || database.isEmpty() || mediaStore.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new SourceSettings(kind.get(), serverName, database.get(), mediaStore.get(), link, remote));
        } catch (IllegalArgumentException mismatch) {
            values.problem(entry + "database", String.valueOf(mismatch.getMessage()));
            return Optional.empty();
        }
    }

    private <T> Optional<T> required(String key, Function<String, T> parser) {
        if (!values.isSet(key)) {
            values.problem(key, "must be set");
        }
        return values.find(key, parser);
    }
}
