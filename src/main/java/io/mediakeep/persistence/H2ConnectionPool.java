package io.mediakeep.persistence;

import com.zaxxer.hikari.HikariDataSource;
import io.mediakeep.persistence.journal.ClosedMvStore;
import io.mediakeep.persistence.journal.H2Checkpoint;
import io.mediakeep.persistence.journal.JournaledFilePath;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.h2.Driver;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to an H2 database, which closes itself on the first write that fails: from then on everything on this
 * pool fails, though H2 considers its connections valid, and the file can be opened again.
 */
final class H2ConnectionPool extends ConnectionPool {
    private static final Logger log = LoggerFactory.getLogger(H2ConnectionPool.class);

    /**
     * How H2 treats its file. Committed data is written when it is forced (see {@link Transactions#callDurably}) or
     * after half a second, and free space is reused at once: {@link JournaledFilePath} makes both safe. Row locks are
     * waited for, closing is left to the application, and so is logging.
     */
    private static final String SETTINGS = ";WRITE_DELAY=500;RETENTION_TIME=0;MAX_COMPACT_TIME=2000"
            + ";LOCK_TIMEOUT=20000;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";

    /** H2 closes with its last connection, which must not happen when the pool replaces its only one. */
    private final Connection first;

    private final Database database;
    private final MVStore store;

    private H2ConnectionPool(HikariDataSource connections, Connection first) throws SQLException {
        super(connections);
        this.first = first;
        this.database = databaseOf(first);
        this.store = database.getStore().getMvStore();
    }

    /** Opens the file under a new name each time, so that remains of an earlier opening do not interfere. */
    static ConnectionPool open(DatabaseSettings settings, int opening) throws SQLException {
        JournaledFilePath.register();
        String url = JournaledFilePath.journaled(settings.url(), opening) + SETTINGS;
        Properties credentials = new Properties();
        settings.username().ifPresent(name -> credentials.setProperty("user", name));
        settings.password().ifPresent(password -> credentials.setProperty("password", password));
        Connection first = Driver.load().connect(url, credentials);
        try {
            return new H2ConnectionPool(pool(settings, Driver.class.getName(), url), first);
        } catch (SQLException | RuntimeException failure) {
            first.close();
            throw failure;
        }
    }

    private static Database databaseOf(Connection connection) throws SQLException {
        if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
            return session.getDatabase();
        }
        throw new SQLException("an H2 server is not supported");
    }

    @Override
    boolean isLost(Throwable failure) {
        return isKnownLost();
    }

    @Override
    boolean isKnownLost() {
        return store.getPanicException() != null || store.isClosed();
    }

    @Override
    void checkpoint() {
        H2Checkpoint.run(store);
    }

    /**
     * Running transactions fail at their next statement. The pool must not add a connection, which would open the file
     * once again under the name of this opening.
     */
    @Override
    void abandon() {
        ClosedMvStore.endBusyWaits(store);
        database.shutdownImmediately();
        for (SessionLocal session : database.getSessions(false)) {
            try {
                session.close();
            } catch (RuntimeException expected) {
                log.debug("A session of a closed database: {}", expected.getMessage());
            }
        }
        ClosedMvStore.endBusyWaits(store);
        Thread closing = new Thread(super::close, "database-closing"); // waits for connections that are in use
        closing.setDaemon(true);
        closing.start();
    }

    @Override
    void retire() {
        // already abandoned
    }

    @Override
    public void close() {
        super.close();
        try {
            first.close();
        } catch (SQLException failure) {
            log.warn("The database was not closed properly: {}", failure.getMessage());
        }
    }
}
