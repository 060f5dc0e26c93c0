package io.mediakeep.persistence;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a failure of the database means, by its SQL state. */
final class SqlFailures {
    /** How far a chain of causes is followed, which may be a circle. */
    private static final int LONGEST_CHAIN = 20;

    /** PostgreSQL, class 57: it is being stopped, has crashed, or is being started. */
    private static final Set<String> SERVER_AWAY = Set.of("57P01", "57P02", "57P03");

    private SqlFailures() {}

    private static Stream<SQLException> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(LONGEST_CHAIN)
                .flatMap(cause -> cause instanceof SQLException sql ? Stream.of(sql) : Stream.empty());
    }

    private static Optional<String> state(Throwable failure) {
        return causes(failure)
                .flatMap(sql -> Stream.ofNullable(sql.getSQLState()))
                .findFirst();
    }

    /** Whether a connection was lost or refused (class 08), or the server is not there. */
    static boolean isConnectionLost(Throwable failure) {
        return state(failure)
                .filter(state -> state.startsWith("08") || SERVER_AWAY.contains(state))
                .isPresent();
    }

    /** Whether no connection was to be had in time. */
    static boolean isConnectionMissing(Throwable failure) {
        return causes(failure).anyMatch(SQLTransientConnectionException.class::isInstance);
    }

    /** Whether another try may succeed: rolled back for another's sake (class 40), or the row came to be meanwhile. */
    static boolean isConflict(Throwable failure) {
        return state(failure)
                .filter(state -> state.startsWith("40") || state.equals("23505"))
                .isPresent();
    }
}
