package io.mediakeep.persistence;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** Writes what is committed in an H2 database, and forces its file to stable storage. Used by one thread at a time. */
final class H2Checkpoint {
    private final HikariDataSource pool;

    /** That of the last call. H2 makes another when it opens the database anew. */
    private MVStore store;

    /** Checkpoints of the database as it is open now. */
    H2Checkpoint(HikariDataSource pool) {
        this.pool = pool;
        try (Connection connection = pool.getConnection()) {
            this.store = storeOf(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException("there is no connection to the database", failure);
        }
    }

    /**
     * Makes everything committed stable.
     *
     * @throws MVStoreException when that fails. MVStore closes then, and the next connection opens the database anew.
     * @throws IllegalStateException when there is no connection, or the database was opened anew since the last call:
     *     what was committed before, but not forced, may be lost
     */
    void run() {
        try (Connection connection = pool.getConnection()) {
            MVStore current = storeOf(connection);
            MVStore before = store;
            store = current;
            if (before != current) {
                throw new IllegalStateException("the database was opened anew", before.getPanicException());
            }
            checkpoint(current);
        } catch (SQLException failure) {
            throw new IllegalStateException("the database could not force its file to disk", failure);
        } catch (MVStoreException failure) {
            pool.getHikariPoolMXBean().softEvictConnections(); // all of the same closed database
            throw failure;
        }
    }

    private static MVStore storeOf(Connection connection) throws SQLException {
        if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
            return session.getDatabase().getStore().getMvStore();
        }
        throw new IllegalStateException("H2 as a server of its own is not supported");
    }

    /**
     * What {@code CHECKPOINT SYNC} does, but that the file is forced while no other thread writes to it: in between its
     * writes it is a file from which MVStore may recover an older state, as {@link JournaledFile#write} explains.
     */
    private static void checkpoint(MVStore store) {
        if (store.isPersistent()) {
            store.commit();
            store.executeFilestoreOperation(store::sync);
        }
    }
}
