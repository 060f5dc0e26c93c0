package io.mediakeep.media.blob;

import io.mediakeep.matrix.Mxc;
import jakarta.persistence.Query;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A condition on the primary key of rows of media: that it is one of some content URIs, as pairs of origin and media id. H2
 * reads an index only by its first column for {@code mediaId in (…)}, and so all media of the origin.
 */
public final class ContentUriCatalog {
    private final List<Mxc> uris;

    /** @param uris at least one */
    public ContentUriCatalog(List<Mxc> uris) {
        this.uris = List.copyOf(uris);
    }

    /** The condition in JPQL, for an entity with the attributes {@code origin} and {@code mediaId}. */
    public String in(String alias) {
        return IntStream.range(0, uris.size())
                .mapToObj(i -> "(:origin" + i + ", :id" + i + ")")
                .collect(Collectors.joining(", ", "(" + alias + ".origin, " + alias + ".mediaId) in (", ")"));
    }

    /** Sets the parameters of the condition; returns the query. */
    public <Q extends Query> Q bind(Q query) {
        for (int i = 0; i < uris.size(); i++) {
            query.setParameter("origin" + i, uris.get(i).server().value());
            query.setParameter("id" + i, uris.get(i).mediaId());
        }
        return query;
    }
}
