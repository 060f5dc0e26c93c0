package io.mediakeep.app;

import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;

/** Why the server cannot start, in a sentence for an operator. */
final class StartupFailure {
    private StartupFailure() {}

    static String describe(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !saysEnough(cause)) {
            cause = cause.getCause();
        }
        if (cause instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be used: permission denied";
        }
        if (cause instanceof NoSuchFileException absent) {
            return absent.getFile() + " cannot be made or does not exist";
        }
        if (cause instanceof FileAlreadyExistsException file) {
            return file.getFile() + " is not a folder";
        }
        if (cause instanceof UnresolvedAddressException) {
            return "no such host";
        }
        return cause.getMessage() == null ? cause.toString() : oneLine(cause.getMessage());
    }

    /** What lies below names the file or the database no more. */
    private static boolean saysEnough(Throwable cause) {
        return cause instanceof FileSystemException || cause instanceof SQLException;
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
