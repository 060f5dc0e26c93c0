package io.mediakeep.admin.removal;

import io.mediakeep.matrix.Mxc;
import java.util.List;

/**
 * What a removal has removed.
 *
 * @param listed the first of it, {@value RequestedRemovals#MAX_LISTED} at most
 * @param count all of it
 */
public record RemovalResult(List<Mxc> listed, long count) {

    /** Copies the list. */
    public RemovalResult {
        listed = List.copyOf(listed);
    }
}
