package io.mediakeep.app.http;

import java.util.BitSet;

/** The classes of octets that the grammar of HTTP is made of (RFC 9110, section 5.6.2 and 5.5). */
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

    /** {@code VCHAR}, or {@code obs-text}, which is what UTF-8 is made of beyond ASCII. */
    static boolean isVisible(byte octet) {
        return octet < 0 || (octet > SPACE && octet != DELETE);
    }

    /** What the value of a field consists of: visible octets, spaces and tabs. */
    static boolean isFieldContent(byte octet) {
        return octet == SPACE || octet == TAB || isVisible(octet);
    }
}
