package io.mediakeep.api.synapse;

import io.mediakeep.admin.search.MediaRecord;
import io.mediakeep.admin.search.UserMediaCatalog;
import io.mediakeep.admin.search.UserMediaCatalog.Order;
import io.mediakeep.api.OffsetPage;
import io.mediakeep.api.Parameters;
import io.mediakeep.matrix.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which media of a user are meant: a page of the sorted list; by default the 100 newest. */
record UserMediaParameters(Order order, boolean descending, OffsetPage page) {
    private static final Map<String, Order> ORDERS = Map.of(
            "media_id", Order.MEDIA_ID,
            "upload_name", Order.UPLOAD_NAME,
            "created_ts", Order.CREATED,
            "last_access_ts", Order.LAST_ACCESS,
            "media_length", Order.SIZE,
            "media_type", Order.TYPE,
            "quarantined_by", Order.QUARANTINED_BY,
            "safe_from_quarantine", Order.PROTECTED);

    static UserMediaParameters of(Parameters parameters) {
        Optional<Order> order = parameters.oneOf("order_by", ORDERS);
        boolean descending = parameters.descending(order.isEmpty());
        return new UserMediaParameters(order.orElse(Order.CREATED), descending, OffsetPage.of(parameters));
    }

    /** The page of a user's media. */
    List<MediaRecord> find(UserMediaCatalog catalog, UserId user) {
        return catalog.uploadedBy(user, order, descending, page.from(), page.limit());
    }
}
