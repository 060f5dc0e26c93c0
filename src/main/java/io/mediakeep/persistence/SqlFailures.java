package io.mediakeep.persistence;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Classifies database failures by SQL state. */
final class SqlFailures {
    /** How far a chain of causes, which may be cyclic, is followed. */
    private static final int MAX_CAUSES = 20;

    /** PostgreSQL, class 57: it is being stopped, has crashed, or is being started. */
    private static final Set<String> SERVER_UNAVAILABLE = Set.of("57P01", "57P02", "57P03");

    private SqlFailures() {}

    private static Stream<SQLException> causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MAX_CAUSES)
                .flatMap(cause -> cause instanceof SQLException sql ? Stream.of(sql) : Stream.empty());
    }

    private static Optional<String> state(Throwable failure) {
        return causes(failure)
                .flatMap(sql -> Stream.ofNullable(sql.getSQLState()))
                .findFirst();
    }

    /** Whether a connection was lost or refused (class 08), or the server is unavailable. */
    static boolean isConnectionLost(Throwable failure) {
        return state(failure)
                .filter(state -> state.startsWith("08") || SERVER_UNAVAILABLE.contains(state))
                .isPresent();
    }

    /** Whether no connection became free in time. */
    static boolean isConnectionMissing(Throwable failure) {
        return causes(failure).anyMatch(SQLTransientConnectionException.class::isInstance);
    }

    /** Whether a retry may succeed: a serialization failure or deadlock (class 40), or a row inserted concurrently. */
    static boolean isConflict(Throwable failure) {
        return state(failure)
                .filter(state -> state.startsWith("40") || state.equals("23505"))
                .isPresent();
    }
}
