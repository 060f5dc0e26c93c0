package io.mediakeep.persistence;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;

/** Writes what is committed in an H2 database, and forces its file to stable storage. */
final class H2Checkpoint {
    private final HikariDataSource pool;

    H2Checkpoint(HikariDataSource pool) {
        this.pool = pool;
    }

    void run() {
        try (Connection connection = pool.getConnection()) {
            if (connection.unwrap(JdbcConnection.class).getSession() instanceof SessionLocal session) {
                checkpoint(session.getDatabase().getStore().getMvStore());
            } else {
                throw new IllegalStateException("H2 as a server of its own is not supported");
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the database could not force its file to disk", failure);
        }
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
