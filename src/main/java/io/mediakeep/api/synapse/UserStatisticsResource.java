package io.mediakeep.api.synapse;

import io.mediakeep.admin.DisplayNames;
import io.mediakeep.admin.search.UserStatistics;
import io.mediakeep.admin.search.UserStatisticsCatalog;
import io.mediakeep.admin.search.UserStatisticsQuery;
import io.mediakeep.admin.search.UserStatisticsQuery.Order;
import io.mediakeep.api.Limited;
import io.mediakeep.api.OffsetPage;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.RequestProperties;
import io.mediakeep.api.RequiresAdmin;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.limits.Limit;
import io.mediakeep.matrix.MatrixException;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;

/** {@code GET /_synapse/admin/v1/statistics/users/media}. */
@Path("/_synapse/admin/v1/statistics/users/media")
@Produces(MediaType.APPLICATION_JSON)
public final class UserStatisticsResource {
    private static final Map<String, Order> ORDERS = Map.of(
            "user_id", Order.USER_ID,
            "displayname", Order.DISPLAY_NAME,
            "media_count", Order.FILES,
            "media_length", Order.BYTES);

    private final UserStatisticsCatalog catalog;
    private final DisplayNames displayNames;

    /** Shows the statistics of this catalog. */
    public UserStatisticsResource(UserStatisticsCatalog catalog, DisplayNames displayNames) {
        this.catalog = catalog;
        this.displayNames = displayNames;
    }

    /** How many media each user uploaded, and how many bytes. */
    @GET
    @RequiresAdmin
    @Limited(Limit.ADMIN)
    public byte[] statistics(@Context ContainerRequestContext request) {
        Parameters parameters = new Parameters(request.getUriInfo());
        UserStatisticsQuery query = new UserStatisticsQuery(
                parameters.nonEmptyText("search_term"),
                parameters.oneOf("order_by", ORDERS).orElse(Order.USER_ID),
                parameters.descending(false));
        OffsetPage page = OffsetPage.of(parameters);
        long from = parameters.number("from_ts", 0);
        long until = parameters.number("until_ts", Long.MAX_VALUE);
        if (until <= from) {
            throw MatrixException.invalidParam("until_ts", "greater than from_ts");
        }
        Map<String, String> names = displayNames.all(RequestProperties.requiredCredentials(request));
        return body(query.apply(catalog.between(from, until, names)), page);
    }

    private static byte[] body(List<UserStatistics> users, OffsetPage page) {
        JsonArrayBuilder rows = JsonBody.array();
        users.stream().skip(page.from()).limit(page.limit()).forEach(user -> rows.add(json(user)));
        JsonObjectBuilder body = JsonBody.object().add("users", rows).add("total", users.size());
        page.next(users.size()).ifPresent(next -> body.add("next_token", next));
        return JsonBody.bytes(body);
    }

    private static JsonObjectBuilder json(UserStatistics user) {
        JsonObjectBuilder json = JsonBody.object().add("user_id", user.userId());
        SynapseMedia.add(json, "displayname", user.displayName());
        return json.add("media_count", user.files()).add("media_length", user.bytes());
    }
}
