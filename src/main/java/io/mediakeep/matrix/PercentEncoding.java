package io.mediakeep.matrix;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.IntPredicate;

/**
 * Percent-encoding (RFC 3986, section 2.1).
 *
 * @param literal which octets (0 to 255) stay as they are; all others become {@code %XX}
 */
public record PercentEncoding(IntPredicate literal) {
    /** For a part of a URI in which no other character may have a meaning (RFC 3986, section 2.3). */
    public static final PercentEncoding COMPONENT = allowing("-._~");

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Leaves letters and digits of ASCII as they are, and these marks. */
    public static PercentEncoding allowing(String marks) {
        return new PercentEncoding(octet -> isLetterOrDigit(octet) || marks.indexOf(octet) >= 0);
    }

    /** Encodes the text as UTF-8. */
    public String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8), false);
    }

    /** Encodes the octets, except those that are encoded already ({@code %XX}). */
    public String encodeRest(byte[] octets) {
        return encode(octets, true);
    }

    private String encode(byte[] octets, boolean keepEncoded) {
        StringBuilder encoded = new StringBuilder(octets.length + 16);
        for (int i = 0; i < octets.length; i++) {
            int octet = octets[i] & 0xff;
            if (literal.test(octet) || (keepEncoded && isEncoded(octets, i))) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX.toHexDigits(octets[i]));
            }
        }
        return encoded.toString();
    }

    private static boolean isEncoded(byte[] octets, int at) {
        return octets[at] == '%'
                && at + 2 < octets.length
                && HexFormat.isHexDigit(octets[at + 1])
                && HexFormat.isHexDigit(octets[at + 2]);
    }

    private static boolean isLetterOrDigit(int octet) {
        return (octet >= '0' && octet <= '9') || (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z');
    }
}
