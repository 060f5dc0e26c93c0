package io.mediakeep.app.command;

import io.mediakeep.app.Closer;
import io.mediakeep.app.DataDirectory;
import io.mediakeep.app.StorageAssembly;
import io.mediakeep.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Stream;

/** Database and blob store in the process of a command, as a server has them: without maintenance, and nothing listens. */
final class CommandStorage implements AutoCloseable {
    /** H2: the database is open in another process. */
    private static final int ALREADY_OPEN = 90020;

    private final Closer closer = new Closer();
    private final StorageAssembly assembly;

    private CommandStorage(Config config) throws IOException {
        try {
            DataDirectory.prepare(config);
            this.assembly = new StorageAssembly(config, closer);
        } catch (IOException | RuntimeException failure) {
            closer.close();
            throw failure;
        }
    }

    /**
     * Opens what exists.
     *
     * @throws CommandException when there is no database, or a server uses it that admits no other process
     */
    static CommandStorage open(Config config) throws IOException {
        Optional<Path> file = config.database().file().filter(Files::notExists);
        if (file.isPresent()) {
            throw new CommandException("there is no database " + file.get() + "; see --config");
        }
        try {
            return new CommandStorage(config);
        } catch (RuntimeException failure) {
            if (isAlreadyOpen(failure)) {
                throw new CommandException(
                        "a running server uses the database "
                                + config.database().label()
                                + "; stop it, or let it do the work (--server), or use PostgreSQL",
                        failure);
            }
            throw failure;
        }
    }

    private static boolean isAlreadyOpen(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof SQLException sql && sql.getErrorCode() == ALREADY_OPEN);
    }

    /** What was opened. */
    StorageAssembly assembly() {
        return assembly;
    }

    /** Closes something before the database. */
    <T extends AutoCloseable> T register(T opened) {
        return closer.register(opened);
    }

    @Override
    public void close() {
        closer.close();
    }
}
