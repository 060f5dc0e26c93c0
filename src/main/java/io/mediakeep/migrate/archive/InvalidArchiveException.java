package io.mediakeep.migrate.archive;

import java.io.IOException;

/** A file is not an archive that can be imported. */
public final class InvalidArchiveException extends IOException {
    private static final long serialVersionUID = 1L;

    InvalidArchiveException(String reason) {
        super("It is no archive of Mediakeep: " + reason);
    }
}
