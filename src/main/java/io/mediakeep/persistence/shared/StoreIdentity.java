package io.mediakeep.persistence.shared;

import java.util.UUID;

/**
 * An identity that a database and its blob store share, so that neither is used with another by mistake.
 *
 * @param id the same in both
 * @param partner the location of the other of the two, for an operator: a URL or path without secrets, truncated to
 *     {@value #MAX_PARTNER_LENGTH} characters
 */
public record StoreIdentity(UUID id, String partner) {
    static final int MAX_PARTNER_LENGTH = 1024;

    /** Truncates the partner. */
    public StoreIdentity {
        partner = partner.substring(0, Math.min(partner.length(), MAX_PARTNER_LENGTH));
    }

    /** The text of a file with an identity: a line with the id, and one with the partner. */
    public String toText() {
        return id + "\n" + partner + "\n";
    }

    /**
     * The identity in the text of such a file.
     *
     * @throws IllegalArgumentException when it does not begin with an id
     */
    public static StoreIdentity ofText(String text) {
        String[] lines = text.split("\n", 2);
        return new StoreIdentity(UUID.fromString(lines[0]), lines.length < 2 ? "" : lines[1].strip());
    }
}
