package io.mediakeep.api.admin;

import io.mediakeep.admin.search.UsageReportCatalog;
import io.mediakeep.admin.search.UsageReportCatalog.Group;
import io.mediakeep.admin.search.UsageReportCatalog.Sum;
import io.mediakeep.api.Limited;
import io.mediakeep.api.OffsetPage;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import io.mediakeep.media.MediaRow.Kind;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;

/** {@code GET /_mediakeep/admin/v1/usage} and {@code /usage/by-…}: how much is stored. */
@Path("/_mediakeep/admin/v1/usage")
@Produces(MediaType.APPLICATION_JSON)
public final class UsageResource {
    private final UsageReportCatalog catalog;

    /** Reports the usage in this catalog. */
    public UsageResource(UsageReportCatalog catalog) {
        this.catalog = catalog;
    }

    /** All in all, what deduplication saves, and what can be reclaimed. */
    @GET
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] usage() {
        Sum local = catalog.media(Kind.LOCAL);
        Sum remote = catalog.media(Kind.REMOTE);
        Sum previews = catalog.media(Kind.PREVIEW);
        Sum thumbnails = catalog.thumbnails();
        Sum blobs = catalog.blobs();
        Sum candidates = catalog.removalCandidates();
        long saved = local.bytes()
                + remote.bytes()
                + previews.bytes()
                + thumbnails.bytes()
                + candidates.bytes()
                - blobs.bytes();
        return JsonBody.bytes(JsonBody.object()
                .add("local", files(local))
                .add("remote", files(remote))
                .add("previews", files(previews))
                .add("thumbnails", files(thumbnails))
                .add("stored", blobs(blobs))
                .add("saved_by_deduplication", JsonBody.object().add("bytes", Math.max(0, saved)))
                .add("reclaimable", reclaimable(candidates)));
    }

    private JsonObjectBuilder reclaimable(Sum candidates) {
        return JsonBody.object()
                .add("remote", blobs(catalog.blobsOnlyOf(Kind.REMOTE)))
                .add("previews", blobs(catalog.blobsOnlyOf(Kind.PREVIEW)))
                .add("thumbnails", blobs(catalog.blobsOnlyOfThumbnails()))
                .add("quarantined", blobs(catalog.blobsOnlyOfQuarantined()))
                .add("removal_candidates", blobs(candidates));
    }

    /** The users, origins or types with the most bytes. */
    @GET
    @Path("by-{group: user|origin|type}")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] by(@PathParam("group") String group, @Context UriInfo uri) {
        int limit = OffsetPage.limit(new Parameters(uri));
        JsonArrayBuilder rows = JsonBody.array();
        catalog.by(Group.valueOf(group.toUpperCase(Locale.ROOT)), limit)
                .forEach((key, sum) -> rows.add(files(sum).add(group, key)));
        return JsonBody.bytes(JsonBody.object().add("usage", rows));
    }

    /** All media by the time since its last access. */
    @GET
    @Path("by-age")
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] byAge() {
        List<Sum> sums = catalog.byAge();
        JsonArrayBuilder rows = JsonBody.array();
        for (int i = 0; i < sums.size(); i++) {
            JsonObjectBuilder row = files(sums.get(i));
            if (i < UsageReportCatalog.AGES.size()) {
                row.add("accessed_within_days", UsageReportCatalog.AGES.get(i).toDays());
            }
            rows.add(row);
        }
        return JsonBody.bytes(JsonBody.object().add("usage", rows));
    }

    private static JsonObjectBuilder files(Sum sum) {
        return JsonBody.object().add("files", sum.count()).add("bytes", sum.bytes());
    }

    private static JsonObjectBuilder blobs(Sum sum) {
        return JsonBody.object().add("blobs", sum.count()).add("bytes", sum.bytes());
    }
}
