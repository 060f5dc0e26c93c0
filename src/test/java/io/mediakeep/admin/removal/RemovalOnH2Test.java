package io.mediakeep.admin.removal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.MediaRow.Kind;
import io.mediakeep.persistence.DatabaseSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.hibernate.Session;
import org.hibernate.jdbc.Work;
import org.junit.jupiter.api.Test;

class RemovalOnH2Test extends RemovalContract {
    /** How a plan finds the rows of media: by an index with its conditions, or by a scan of the table. */
    private static final Pattern ACCESS =
            Pattern.compile("\"PUBLIC\"\\.\"MEDIA\" \\S+\\s+/\\* PUBLIC\\.(.*?)\\*/", Pattern.DOTALL);

    @Override
    DatabaseSettings settings(Path directory) {
        return new DatabaseSettings(
                "jdbc:h2:file:" + directory.resolve("removal"), Optional.empty(), Optional.empty(), 4);
    }

    /** For {@code origin = ? and media_id in (…)} H2 would read all media of the origin. */
    @Test
    void aBatchFindsItsMediaByTheWholePrimaryKey() throws Exception {
        addRemote(node.upload(MediaNode.ALICE, "a cat"), MANY);
        node.clock.advance(MONTH);
        List<String> accesses = new ArrayList<>();
        withConnection(RemovalOnH2Test::recordStatements);
        List<Mxc> removed = run(unused(Kind.REMOTE, false));
        withConnection(connection -> {
            for (String statement : statements(connection)) {
                ACCESS.matcher(plan(connection, statement))
                        .results()
                        .map(MatchResult::group)
                        .forEach(accesses::add);
            }
        });
        assertThat(removed).hasSize(MANY);
        assertThat(accesses)
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(access -> access.contains("MEDIA_BY_LAST_ACCESS:") // the page of the scan
                        || access.contains("IN(ROW (?1, ?2)")
                        || access.contains("AND MEDIA_ID = ?2"));
    }

    private void withConnection(Work work) {
        node.transactions.run(entities -> entities.unwrap(Session.class).doWork(work));
    }

    private static void recordStatements(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set query_statistics true");
        }
    }

    private static List<String> statements(Connection connection) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (Statement query = connection.createStatement();
                ResultSet rows = query.executeQuery("select sql_statement from information_schema.query_statistics"
                        + " where regexp_like(sql_statement, '^(select|update|delete) ', 'i')")) {
            while (rows.next()) {
                statements.add(rows.getString(1));
            }
        }
        return statements;
    }

    private static String plan(Connection connection, String statement) throws SQLException {
        try (PreparedStatement explain = connection.prepareStatement("explain " + statement)) {
            for (int i = 1; i <= explain.getParameterMetaData().getParameterCount(); i++) {
                explain.setObject(i, null);
            }
            try (ResultSet plan = explain.executeQuery()) {
                plan.next();
                return plan.getString(1);
            }
        }
    }
}
