package io.mediakeep.federation.signing;

import io.mediakeep.matrix.ServerName;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An {@code Authorization: X-Matrix} header, which authenticates a request of a homeserver (Matrix server-server API,
 * "Request Authentication").
 *
 * @param destination the server the request is meant for; older servers do not send it
 * @param signature unpadded or padded Base64
 */
public record XMatrix(ServerName origin, Optional<ServerName> destination, KeyId key, String signature) {
    private static final String SCHEME = "X-Matrix";
    private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9+/]{86}(?:==)?");

    /** Rejects what cannot be a signature with {@link IllegalArgumentException}. */
    public XMatrix {
        if (!SIGNATURE.matcher(signature).matches()) {
            throw new IllegalArgumentException("not a signature");
        }
    }

    static XMatrix of(SignableRequest request, KeyId key, String signature) {
        return new XMatrix(request.origin(), Optional.of(request.destination()), key, signature);
    }

    /** Whether the value of an {@code Authorization} header has this scheme. */
    public static boolean isXMatrix(String header) {
        int end = SCHEME.length();
        return header.regionMatches(true, 0, SCHEME, 0, end)
                && (header.length() == end || Character.isWhitespace(header.charAt(end)));
    }

    /** Parses the value of a header; rejects malformed ones with {@link IllegalArgumentException}. */
    public static XMatrix parse(String header) {
        if (!isXMatrix(header)) {
            throw new IllegalArgumentException("another scheme");
        }
        Map<String, String> parameters = AuthParameters.parse(header.substring(SCHEME.length()));
        return new XMatrix(
                new ServerName(required(parameters, "origin")),
                Optional.ofNullable(parameters.get("destination")).map(ServerName::new),
                new KeyId(required(parameters, "key")),
                required(parameters, "sig"));
    }

    private static String required(Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.get(name))
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is missing"));
    }

    /** The value of the header, in the form that the oldest servers support. */
    public String header() {
        StringBuilder header = new StringBuilder(SCHEME).append(" origin=\"").append(origin);
        destination.ifPresent(server -> header.append("\",destination=\"").append(server));
        return header.append("\",key=\"")
                .append(key)
                .append("\",sig=\"")
                .append(signature)
                .append('"')
                .toString();
    }
}
