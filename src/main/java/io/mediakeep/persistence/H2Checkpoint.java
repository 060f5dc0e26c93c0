package io.mediakeep.persistence;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** Writes what is committed in an H2 database, and forces its file to stable storage. Used by one thread at a time. */
final class H2Checkpoint {
    private final HikariDataSource pool;

    /** That of the last call. H2 makes another when it opens the database anew. */
    private @Nullable MVStore store;

    H2Checkpoint(HikariDataSource pool) {
        this.pool = pool;
    }

    /**
     * Makes everything committed stable.
     *
     * @throws MVStoreException when that fails. MVStore closes then, and the next connection opens the database anew.
     * @throws IllegalStateException when there is no connection, or the database was opened anew after a failure: what
     *     was committed before, but not forced, is lost
     */
    void run() {
        try (Connection connection = pool.getConnection()) {
            MVStore current = storeOf(connection);
            @Nullable MVStore before = store;
            store = current;
            if (before != null && before != current && before.getPanicException() != null) {
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
