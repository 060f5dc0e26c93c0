package io.mediakeep.auth;

import io.mediakeep.federation.keys.KeyRing;
import io.mediakeep.federation.signing.SignableRequest;
import io.mediakeep.federation.signing.XMatrix;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.ServerName;
import java.util.ArrayList;
import java.util.List;

/** Verifies signed requests of homeservers (Matrix server-server API, "Request Authentication"). */
public final class SignedRequests {
    /** The maximum number of signatures of a request; a homeserver signs with one or two keys. */
    private static final int MAX_SIGNATURES = 4;

    private final ServerName self;
    private final KeyRing keys;

    /** @param self the destination of valid requests */
    public SignedRequests(ServerName self, KeyRing keys) {
        this.self = self;
        this.keys = keys;
    }

    /**
     * The homeserver that signed a request without a body. Keys are fetched only if the request is meant for this
     * server.
     *
     * @param uri path and query exactly as in the request line
     * @param authorizations the values of all {@code Authorization} headers; one valid signature is enough
     * @param caller the address that requests for unknown keys are counted by
     * @throws MatrixException 401 {@code M_UNAUTHORIZED} without a valid signature, 503 when too many keys are being
     *     fetched
     */
    public ServerName origin(String method, String uri, List<String> authorizations, String caller) {
        List<XMatrix> signatures = signatures(authorizations);
        ServerName origin = signatures.get(0).origin();
        byte[] signed = SignableRequest.of(method, uri, origin, self).bytes();
        if (signatures.stream()
                .noneMatch(
                        signature -> keys.verifies(origin, signature.key(), signed, signature.signature(), caller))) {
            throw MatrixException.unauthorized("The signature does not match the keys of the origin");
        }
        return origin;
    }

    /** The signatures in the headers, at least one and all of the same origin. */
    private List<XMatrix> signatures(List<String> authorizations) {
        List<XMatrix> signatures = new ArrayList<>();
        for (String header : authorizations) {
            if (XMatrix.isXMatrix(header) && signatures.size() < MAX_SIGNATURES) {
                signatures.add(signature(header));
            }
        }
        if (signatures.isEmpty()) {
            throw MatrixException.unauthorized("The request must be signed (X-Matrix)");
        }
        if (signatures.stream().map(XMatrix::origin).distinct().count() > 1) {
            throw MatrixException.unauthorized("The request has signatures of several origins");
        }
        return signatures;
    }

    private XMatrix signature(String header) {
        XMatrix signature = parsed(header);
        if (!signature.destination().orElse(self).equals(self)) {
            throw MatrixException.unauthorized("The destination of the X-Matrix header is another server");
        }
        return signature;
    }

    private static XMatrix parsed(String header) {
        try {
            return XMatrix.parse(header);
        } catch (IllegalArgumentException malformed) {
            throw MatrixException.unauthorized("The X-Matrix header is malformed: " + malformed.getMessage());
        }
    }
}
