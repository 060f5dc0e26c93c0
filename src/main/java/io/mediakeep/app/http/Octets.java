package io.mediakeep.app.http;

import java.util.BitSet;

/** The classes of octets in the grammar of HTTP (RFC 9110, section 5.6.2 and 5.5). */
final class Octets {
    static final byte CR = '\r', LF = '\n', SPACE = ' ', TAB = '\t', COLON = ':';

    private static final int DELETE = 0x7f;
    private static final BitSet TOKEN = new BitSet();

    static {
        "!#$%&'*+-.^_`|~".chars().forEach(TOKEN::set);
        TOKEN.set('0', '9' + 1);
        TOKEN.set('A', 'Z' + 1);
        TOKEN.set('a', 'z' + 1);
    }

    private Octets() {}

    /** {@code tchar}. */
    static boolean isToken(byte octet) {
        return octet > 0 && TOKEN.get(octet);
    }

    /** {@code VCHAR} or {@code obs-text}, as UTF-8 beyond ASCII is. */
    static boolean isVisible(byte octet) {
        return octet < 0 || (octet > SPACE && octet != DELETE);
    }

    /** The octets of field values: visible ones, spaces and tabs. */
    static boolean isFieldContent(byte octet) {
        return octet == SPACE || octet == TAB || isVisible(octet);
    }
}
