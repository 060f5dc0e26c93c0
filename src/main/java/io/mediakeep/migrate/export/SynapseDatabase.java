package io.mediakeep.migrate.export;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The database of a Synapse, which rows are written into. */
final class SynapseDatabase implements SynapseRows {
    private final Connection connection;

    /** @param url a JDBC URL of PostgreSQL or SQLite */
    SynapseDatabase(String url) throws IOException {
        try {
            this.connection = DriverManager.getConnection(url);
            connection.setAutoCommit(false);
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    @Override
    public void write(List<SynapseRow> rows) throws IOException {
        try {
            for (SynapseRow row : rows) {
                insert(row);
            }
            connection.commit();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }

    private void insert(SynapseRow row) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(row.table().insert())) {
            for (int i = 0; i < row.values().size(); i++) {
                statement.setObject(i + 1, row.values().get(i));
            }
            statement.executeUpdate();
        }
    }

    private static IOException failed(SQLException failure) {
        return new IOException("The database of Synapse failed: " + failure.getMessage(), failure);
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException failure) {
            throw failed(failure);
        }
    }
}
