package io.mediakeep.persistence;

import java.util.UUID;

/**
 * What a database and the store of its bytes have in common, so that neither is used with another by mistake.
 *
 * @param id the same in both
 * @param partner where the other of the two is, for an operator: a URL or a path without secrets, at most
 *     {@value #LONGEST_PARTNER} characters; a longer one is cut
 */
public record StoreIdentity(UUID id, String partner) {
    static final int LONGEST_PARTNER = 1024;

    /** Cuts the partner. */
    public StoreIdentity {
        partner = partner.substring(0, Math.min(partner.length(), LONGEST_PARTNER));
    }
}
