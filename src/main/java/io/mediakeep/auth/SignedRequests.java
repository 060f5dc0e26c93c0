package io.mediakeep.auth;

import io.mediakeep.federation.keys.KeyRing;
import io.mediakeep.federation.signing.SignableRequest;
import io.mediakeep.federation.signing.XMatrix;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.ServerName;
import java.util.ArrayList;
import java.util.List;

/** Says which homeserver a signed request is from (Matrix server-server API, "Request Authentication"). */
public final class SignedRequests {
    /** How many signatures of one request are looked at; a homeserver signs with one or two keys. */
    private static final int MOST_SIGNATURES = 4;

    private final ServerName self;
    private final KeyRing keys;

    /** @param self whom requests to us must be meant for */
    public SignedRequests(ServerName self, KeyRing keys) {
        this.self = self;
        this.keys = keys;
    }

    /**
     * The homeserver that signed a request without a body. No key is asked for unless the request is meant for us.
     *
     * @param uri path and query exactly as they stand in the request line
     * @param authorizations the values of all {@code Authorization} headers; one signature that fits is enough
     * @param caller the address that questions about unknown keys are counted under
     * @throws MatrixException 401 {@code M_UNAUTHORIZED} when nothing proves it, 503 when too many keys are asked for
     */
    public ServerName origin(String method, String uri, List<String> authorizations, String caller) {
        List<XMatrix> claims = claims(authorizations);
        ServerName origin = claims.get(0).origin();
        byte[] signed = SignableRequest.of(method, uri, origin, self).bytes();
        if (claims.stream().noneMatch(claim -> keys.verifies(origin, claim.key(), signed, claim.signature(), caller))) {
            throw MatrixException.unauthorized("The signature is not one of the origin's");
        }
        return origin;
    }

    /** What the headers claim, at least once and always of the same origin. */
    private List<XMatrix> claims(List<String> authorizations) {
        List<XMatrix> claims = new ArrayList<>();
        for (String header : authorizations) {
            if (XMatrix.isOne(header) && claims.size() < MOST_SIGNATURES) {
                claims.add(claim(header));
            }
        }
        if (claims.isEmpty()) {
            throw MatrixException.unauthorized("The request must be signed (X-Matrix)");
        }
        if (claims.stream().map(XMatrix::origin).distinct().count() > 1) {
            throw MatrixException.unauthorized("The signatures are of several origins");
        }
        return claims;
    }

    private XMatrix claim(String header) {
        XMatrix claim = parsed(header);
        if (!claim.destination().orElse(self).equals(self)) {
            throw MatrixException.unauthorized("The request is meant for another server");
        }
        return claim;
    }

    private static XMatrix parsed(String header) {
        try {
            return XMatrix.parse(header);
        } catch (IllegalArgumentException malformed) {
            throw MatrixException.unauthorized("The X-Matrix header is malformed: " + malformed.getMessage());
        }
    }
}
