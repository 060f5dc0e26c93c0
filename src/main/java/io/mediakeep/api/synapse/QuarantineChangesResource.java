package io.mediakeep.api.synapse;

import io.mediakeep.api.Limited;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.quarantine.QuarantineChange;
import io.mediakeep.media.quarantine.QuarantineChangeCatalog;
import jakarta.json.JsonArrayBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** {@code GET /_synapse/admin/v1/media/quarantine_changes}. */
@Path("/_synapse/admin/v1/media/quarantine_changes")
@Produces(MediaType.APPLICATION_JSON)
public final class QuarantineChangesResource {
    private static final int PAGE = 100;

    private final QuarantineChangeCatalog changes;

    /** Shows these changes. */
    public QuarantineChangesResource(QuarantineChangeCatalog changes) {
        this.changes = changes;
    }

    /** What was quarantined and released after a position, oldest first, and the position to continue from. */
    @GET
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] changes(@Context UriInfo uri) {
        long from = new Parameters(uri).number("from", 0);
        long last = changes.last(); // read first: what is added meanwhile is on this page or after it
        if (from > last) {
            throw MatrixException.invalidParam("from", "a position that was returned as 'next_batch'");
        }
        List<QuarantineChange> page = changes.after(from, PAGE);
        JsonArrayBuilder rows = JsonBody.array();
        page.forEach(change -> rows.add(JsonBody.object()
                .add("origin", change.mxc().server().value())
                .add("media_id", change.mxc().mediaId())
                .add("quarantined", change.quarantined())));
        return JsonBody.bytes(JsonBody.object()
                .add(
                        "next_batch",
                        page.isEmpty() ? last : page.get(page.size() - 1).number())
                .add("changes", rows));
    }
}
