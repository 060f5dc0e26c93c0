package io.mediakeep.app;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why the server cannot start, in a sentence for an operator. */
final class StartProblem {
    private StartProblem() {}

    static String describe(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof FileSystemException)) {
            cause = cause.getCause();
        }
        if (cause instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be used: permission denied";
        }
        if (cause instanceof NoSuchFileException absent) {
            return absent.getFile() + " cannot be made or does not exist";
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
