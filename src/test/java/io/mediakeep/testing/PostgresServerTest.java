package io.mediakeep.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.persistence.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class PostgresServerTest {

    @Test
    void returnsADatabaseOfItsOwn() throws Exception {
        DatabaseSettings first = PostgresServer.freshDatabase();
        DatabaseSettings second = PostgresServer.freshDatabase();
        try (Connection connection = DriverManager.getConnection(first.url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE mine (id INTEGER)");
        }
        assertThat(hasTable(second, "mine")).isFalse();
    }

    @Test
    void onlyAFreshDatabaseHasTheSchema() throws Exception {
        assertThat(hasTable(PostgresServer.freshDatabase(), "media")).isTrue();
        assertThat(hasTable(PostgresServer.emptyDatabase(), "media")).isFalse();
    }

    private static boolean hasTable(DatabaseSettings database, String name) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT to_regclass('" + name + "')")) {
            return found.next() && found.getString(1) != null;
        }
    }
}
