package io.mediakeep.preview;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;

/** Percent-encodes what may not stand in an address as it is (RFC 3986, section 2); what is encoded already stays. */
final class UrlEncoding {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static final BitSet PATH = characters(UNRESERVED + "!$&'()*+,;=:@/");
    private static final BitSet QUERY = characters(UNRESERVED + "!$&'()*+,;=:@/?");
    private static final BitSet VALUE = characters(UNRESERVED);

    private UrlEncoding() {}

    /** A path. */
    static String ofPath(String text) {
        return encode(text, PATH, true);
    }

    /** A query with all its parameters. */
    static String ofQuery(String text) {
        return encode(text, QUERY, true);
    }

    /** The value of a single parameter, in which nothing counts as encoded already. */
    static String ofValue(String text) {
        return encode(text, VALUE, false);
    }

    private static String encode(String text, BitSet asItIs, boolean keepEscapes) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder(bytes.length + 16);
        for (int i = 0; i < bytes.length; i++) {
            int value = bytes[i] & 0xff;
            if (asItIs.get(value) || (value == '%' && keepEscapes && isEscape(bytes, i))) {
                encoded.append((char) value);
            } else {
                encoded.append('%').append(HEX.toHexDigits(bytes[i]));
            }
        }
        return encoded.toString();
    }

    private static boolean isEscape(byte[] bytes, int percent) {
        return percent + 2 < bytes.length
                && HexFormat.isHexDigit(bytes[percent + 1])
                && HexFormat.isHexDigit(bytes[percent + 2]);
    }

    private static BitSet characters(String text) {
        BitSet set = new BitSet(128);
        text.chars().forEach(set::set);
        return set;
    }
}
