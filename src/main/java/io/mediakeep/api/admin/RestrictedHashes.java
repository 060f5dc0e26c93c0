package io.mediakeep.api.admin;

import io.mediakeep.api.OffsetPage;
import io.mediakeep.api.PageToken;
import io.mediakeep.api.Parameters;
import io.mediakeep.api.response.JsonBody;
import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.quarantine.RestrictedHash;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.function.BiFunction;

/** Blocked or quarantined hashes in requests and responses. */
final class RestrictedHashes {
    private RestrictedHashes() {}

    /**
     * A page of hashes.
     *
     * @param restriction the beginning of the names in the response
     * @param list at most so many hashes after a hash, in order
     */
    static byte[] page(String restriction, BiFunction<String, Integer, List<RestrictedHash>> list, UriInfo uri) {
        Parameters parameters = new Parameters(uri);
        int limit = OffsetPage.limit(parameters);
        List<String> after = PageToken.in(parameters, 1);
        List<RestrictedHash> hashes = list.apply(after.isEmpty() ? "" : after.get(0), limit);
        JsonArrayBuilder rows = JsonBody.array();
        hashes.forEach(hash -> rows.add(json(restriction, hash)));
        JsonObjectBuilder body = JsonBody.object().add(restriction + "_hashes", rows);
        PageToken.after(hashes, limit, hash -> List.of(hash.id().sha256())).ifPresent(next -> body.add("next", next));
        return JsonBody.bytes(body);
    }

    private static JsonObjectBuilder json(String restriction, RestrictedHash hash) {
        JsonObjectBuilder row = JsonBody.object().add("sha256", hash.id().sha256());
        hash.reason().ifPresent(reason -> row.add("reason", reason));
        return row.add(restriction + "_by", hash.by().value())
                .add(restriction + "_ts", hash.since().toEpochMilli());
    }

    /** The hash in a path. */
    static BlobId id(String sha256) {
        try {
            return new BlobId(sha256);
        } catch (IllegalArgumentException malformed) {
            throw MatrixException.invalidParam("sha256", "a SHA-256 in lower-case hexadecimal digits");
        }
    }
}
