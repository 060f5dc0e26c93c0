package io.mediakeep.api.admin;

import io.mediakeep.admin.search.MediaOrder;
import io.mediakeep.admin.search.MediaRecord;
import io.mediakeep.admin.search.MediaSearchCatalog;
import io.mediakeep.admin.search.MediaSearchCatalog.Position;
import io.mediakeep.admin.search.MediaSearchCatalog.Totals;
import io.mediakeep.api.Limited;
import io.mediakeep.api.OffsetPage;
import io.mediakeep.api.PageToken;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code GET /_mediakeep/admin/v1/media} and {@code /media/totals}. */
@Path("/_mediakeep/admin/v1/media")
@Produces(MediaType.APPLICATION_JSON)
public final class MediaSearchResource {
    private static final Map<String, MediaOrder> ORDERS = Map.of(
            "created_ts", MediaOrder.CREATED,
            "last_access_ts", MediaOrder.LAST_ACCESS,
            "size", MediaOrder.SIZE);
    private static final int PARTS_OF_POSITION = 3;

    private final MediaSearchCatalog catalog;

    /** Searches this catalog. */
    public MediaSearchResource(MediaSearchCatalog catalog) {
        this.catalog = catalog;
    }

    /** The media that the parameters admit, a page at a time; by default the newest first. */
    @GET
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] search(@Context UriInfo uri) {
        Parameters parameters = new Parameters(uri);
        MediaOrder order = parameters.oneOf("order_by", ORDERS).orElse(MediaOrder.CREATED);
        int limit = OffsetPage.limit(parameters);
        List<MediaRecord> media = catalog.find(
                MediaFilterParameters.filter(parameters),
                order,
                parameters.descending(true),
                position(parameters),
                limit);
        JsonArrayBuilder rows = JsonBody.array();
        media.forEach(row -> rows.add(MediaJson.of(row)));
        JsonObjectBuilder body = JsonBody.object().add("media", rows);
        PageToken.after(media, limit, row -> key(order, row)).ifPresent(next -> body.add("next", next));
        return JsonBody.bytes(body);
    }

    /** How much media the parameters admit. */
    @GET
    @Path("totals")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] totals(@Context UriInfo uri) {
        Totals totals = catalog.totals(MediaFilterParameters.filter(new Parameters(uri)));
        return JsonBody.bytes(JsonBody.object()
                .add("files", totals.files())
                .add("bytes", totals.bytes())
                .add("stored_bytes", totals.storedBytes()));
    }

    private static Optional<Position> position(Parameters parameters) {
        List<String> key = PageToken.in(parameters, PARTS_OF_POSITION);
        return key.isEmpty()
                ? Optional.empty()
                : Optional.of(new Position(PageToken.number(key.get(0)), key.get(1), key.get(2)));
    }

    private static List<String> key(MediaOrder order, MediaRecord row) {
        return List.of(String.valueOf(order.value(row)), row.origin(), row.mediaId());
    }
}
