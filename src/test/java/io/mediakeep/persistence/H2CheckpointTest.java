package io.mediakeep.persistence;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2CheckpointTest {
    private final HikariDataSource pool = new HikariDataSource();
    private H2Checkpoint checkpoint;

    @BeforeEach
    void open(@TempDir Path folder) {
        pool.setJdbcUrl("jdbc:h2:file:" + folder.resolve("database"));
        pool.setMinimumIdle(1);
        checkpoint = new H2Checkpoint(pool);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aStoreThatFailsBeforeTheFirstCheckpointIsNoticed() throws SQLException {
        fail();
        assertThatIllegalStateException().isThrownBy(checkpoint::run).withCauseInstanceOf(MVStoreException.class);
        checkpoint.run();
    }

    @Test
    void aStoreThatFailsBetweenCheckpointsIsNoticed() throws SQLException {
        checkpoint.run();
        fail();
        assertThatIllegalStateException().isThrownBy(checkpoint::run);
        checkpoint.run();
    }

    /** As when the file cannot be written: MVStore closes, and the next connection opens the database anew. */
    private void fail() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            MVStore store = ((SessionLocal)
                            connection.unwrap(JdbcConnection.class).getSession())
                    .getDatabase()
                    .getStore()
                    .getMvStore();
            assertThatThrownBy(() -> store.executeFilestoreOperation(() -> {
                        throw new IllegalArgumentException("disk full");
                    }))
                    .isInstanceOf(MVStoreException.class);
        }
        pool.getHikariPoolMXBean().softEvictConnections();
    }
}
