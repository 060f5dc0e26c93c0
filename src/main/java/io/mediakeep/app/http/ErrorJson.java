package io.mediakeep.app.http;

/** The standard error response of the client-server API where no resource makes it. Independent of the container. */
public final class ErrorJson {
    private static final int NOT_FOUND = 404;

    private ErrorJson() {}

    /** The error for a status, in ASCII. */
    public static String of(int status) {
        return status == NOT_FOUND
                ? "{\"errcode\":\"M_UNRECOGNIZED\",\"error\":\"Unrecognized request\"}"
                : "{\"errcode\":\"M_UNKNOWN\",\"error\":\"The request cannot be processed\"}";
    }
}
