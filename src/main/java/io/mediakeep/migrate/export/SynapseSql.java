package io.mediakeep.migrate.export;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A file of statements for PostgreSQL and SQLite, one a line. */
final class SynapseSql implements SynapseRows {
    private final Writer file;

    /** Creates the file, which must not exist. */
    SynapseSql(Path path) throws IOException {
        this.file = Files.newBufferedWriter(
                path, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void write(List<SynapseRow> rows) throws IOException {
        for (SynapseRow row : rows) {
            String values = row.values().stream().map(SynapseSql::literal).collect(Collectors.joining(", "));
            file.write(row.table().insert(values) + ";\n");
        }
        file.flush();
    }

    /** In texts only the quotation mark has a meaning: the standard, and the default of PostgreSQL since 9.1. */
    private static String literal(@Nullable Object value) {
        return value instanceof String text ? "'" + text.replace("'", "''") + "'" : String.valueOf(value);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
