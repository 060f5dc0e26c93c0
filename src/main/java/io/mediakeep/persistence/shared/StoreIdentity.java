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
}
