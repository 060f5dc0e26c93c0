package io.mediakeep.migrate.source;

import io.mediakeep.matrix.Mxc;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A media store of another server. It is only read. */
public final class ImportSource implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ImportSource.class);

    /** What is reserved has no size, and nothing is uploaded yet. Longer ids are none. */
    private static final String READABLE =
            " where (origin = ? or ?) and size is not null and length(media_id) between 1 and 255"
                    + " and length(origin) between 1 and 255";

    /** In SQLite an id can be a blob: as text it has a place in the order. */
    private static final String ROWS = "select media.*, origin || '' as text_origin, media_id || '' as text_id";

    /** How long a look-up may take, in seconds. */
    private static final int LOOKUP_TIMEOUT = 10;

    private final SourceSettings settings;
    private final SourceLayout layout;
    private final RowReader reader;
    private final SourceDatabase database;
    private final StoreFiles files;
    private final AtomicBoolean available = new AtomicBoolean(true);

    /** Opens nothing yet. */
    public ImportSource(SourceSettings settings) {
        this.settings = settings;
        this.layout = settings.kind().layout();
        this.reader = new RowReader(layout, settings.serverName());
        this.database = new SourceDatabase(settings.database());
        this.files = new StoreFiles(settings.mediaStore());
    }

    /** As configured. */
    public SourceSettings settings() {
        return settings;
    }

    /**
     * The row of a content URI; empty when there is none that can be read.
     *
     * @throws SourceUnavailableException when the database cannot be read
     */
    public Optional<SourceRow> find(Mxc mxc) {
        List<SourceEntry> found = read(" and origin = ? and media_id = ?", statement -> {
            statement.setQueryTimeout(LOOKUP_TIMEOUT);
            statement.setString(firstParameter(), mxc.server().value());
            statement.setString(firstParameter() + 1, mxc.mediaId());
        });
        return found.stream()
                .filter(SourceRow.class::isInstance)
                .map(SourceRow.class::cast)
                .findFirst();
    }

    /**
     * At most {@code max} rows after a position. Each page costs the source a scan of its tables, so pages are large.
     * Where text in SQLite is not UTF-8 the last row may be the same as that of the page before.
     *
     * @throws SourceUnavailableException when the database cannot be read
     */
    public SourcePage page(SourcePosition after, int max) {
        return call(connection -> {
            String order = " and (accessed < ? or (accessed = ? and (origin || '', media_id || '') > (?, ?)))"
                    + " order by accessed desc, origin || '', media_id || '' limit " + max;
            try (PreparedStatement statement = prepare(connection, ROWS, order)) {
                int parameter = firstParameter();
                statement.setLong(parameter, after.accessed());
                statement.setLong(parameter + 1, after.accessed());
                statement.setString(parameter + 2, after.origin());
                statement.setString(parameter + 3, after.mediaId());
                return page(statement);
            }
        });
    }

    private SourcePage page(PreparedStatement statement) throws SQLException {
        List<SourceEntry> entries = new ArrayList<>();
        Optional<SourcePosition> last = Optional.empty();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                entries.add(reader.read(rows));
                last = Optional.of(new SourcePosition(
                        rows.getLong("accessed"), rows.getString("text_origin"), rows.getString("text_id")));
            }
        }
        return new SourcePage(entries, last);
    }

    /**
     * The number of rows.
     *
     * @throws SourceUnavailableException when the database cannot be read
     */
    public long count() {
        return call(connection -> {
            try (PreparedStatement statement = prepare(connection, "select count(*)", "");
                    ResultSet count = statement.executeQuery()) {
                count.next();
                return count.getLong(1);
            }
        });
    }

    /**
     * The file of a row.
     *
     * @throws java.nio.file.NoSuchFileException when it is missing, or not a regular file of the store
     * @throws SourceUnavailableException when the directory cannot be read
     */
    public Path file(SourceRow row) throws IOException {
        return files.find(row.path());
    }

    @FunctionalInterface
    private interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    private List<SourceEntry> read(String condition, Parameters parameters) {
        return call(connection -> {
            try (PreparedStatement statement = prepare(connection, ROWS, condition)) {
                parameters.set(statement);
                return page(statement).entries();
            }
        });
    }

    private PreparedStatement prepare(Connection connection, String columns, String rest) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(
                columns + " from (" + layout.select(connection) + ") as media" + READABLE + rest);
        for (int i = 1; i <= layout.serverNames() + 1; i++) {
            statement.setString(i, settings.serverName().value());
        }
        statement.setBoolean(layout.serverNames() + 2, settings.remote());
        return statement;
    }

    private int firstParameter() {
        return layout.serverNames() + 3;
    }

    private <T> T call(SourceDatabase.Work<T> work) {
        try {
            T result = database.call(work);
            if (!available.getAndSet(true)) {
                log.info("The import source {} is available again", settings.label());
            }
            return result;
        } catch (SourceUnavailableException failure) {
            if (available.getAndSet(false)) {
                log.warn("The import source {} is not available: {}", settings.label(), failure.getMessage());
            }
            throw failure;
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
