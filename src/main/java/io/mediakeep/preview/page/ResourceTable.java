package io.mediakeep.preview.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Text tables on the class path, beside the classes. */
final class ResourceTable {
    private ResourceTable() {}

    /** The lines of a table, without empty ones and comments. */
    static List<String> lines(String name) {
        try (InputStream table = Objects.requireNonNull(ResourceTable.class.getResourceAsStream(name))) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
