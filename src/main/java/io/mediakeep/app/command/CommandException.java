package io.mediakeep.app.command;

import java.io.IOException;

/** A command cannot do its work. The message is for the operator, on one line. */
final class CommandException extends IOException {
    private static final long serialVersionUID = 1L;

    CommandException(String message) {
        super(message);
    }

    CommandException(String message, Throwable cause) {
        super(message, cause);
    }
}
