package io.mediakeep.app.log;

import io.mediakeep.storage.StoreUnavailableException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;

/** Describes for an operator why the server cannot start. */
public final class StartupFailure {
    private StartupFailure() {}

    /** The most specific reason among the causes. */
    public static String describe(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !isSpecific(cause)) {
            cause = cause.getCause();
        }
        if (cause instanceof AccessDeniedException denied) {
            return denied.getFile() + " cannot be used: permission denied";
        }
        if (cause instanceof NoSuchFileException absent) {
            return absent.getFile() + " cannot be created or does not exist";
        }
        if (cause instanceof FileAlreadyExistsException file) {
            return file.getFile() + " is not a directory";
        }
        if (cause instanceof UnresolvedAddressException) {
            return "no such host";
        }
        return cause.getMessage() == null ? cause.toString() : oneLine(cause.getMessage());
    }

    /** Causes below these no longer name the file, the database or the blob store. */
    private static boolean isSpecific(Throwable cause) {
        return cause instanceof FileSystemException
                || cause instanceof SQLException
                || cause instanceof StoreUnavailableException;
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
