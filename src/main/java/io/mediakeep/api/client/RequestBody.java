package io.mediakeep.api.client;

import io.mediakeep.matrix.MatrixException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request. That it cannot be read to its end is its sender's doing: 400, and no fault of ours. */
final class RequestBody extends FilterInputStream {
    RequestBody(InputStream body) {
        super(body);
    }

    @Override
    public int read() {
        try {
            return in.read();
        } catch (IOException brokenOff) {
            throw refusal();
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        try {
            return in.read(bytes, offset, length);
        } catch (IOException brokenOff) {
            throw refusal();
        }
    }

    private static MatrixException refusal() {
        return MatrixException.badRequest("The body broke off before its end");
    }
}
