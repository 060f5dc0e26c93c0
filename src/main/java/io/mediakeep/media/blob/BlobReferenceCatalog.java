package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.Mxc;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows that reference blobs: media, and what is derived from media and deleted with it. Their entities have the
 * attributes {@code origin}, {@code mediaId} and {@code blobHash}.
 */
public final class BlobReferenceCatalog {
    private final List<String> entities;

    /** @param derived the names of the entities beside media */
    public BlobReferenceCatalog(String... derived) {
        this.entities =
                Stream.concat(Stream.of("MediaEntity"), Stream.of(derived)).toList();
    }

    /** Whether any row references a blob. */
    boolean exist(EntityManager manager, BlobId id) {
        return entities.stream()
                .anyMatch(entity -> !manager.createQuery(
                                "select p.blobHash from " + entity + " p where p.blobHash = :hash", String.class)
                        .setParameter("hash", id.sha256())
                        .setMaxResults(1)
                        .getResultList()
                        .isEmpty());
    }

    /** The blobs referenced by media and by everything derived from it. */
    Stream<BlobId> of(EntityManager manager, Collection<Mxc> media) {
        Map<String, List<String>> byServer = media.stream()
                .collect(Collectors.groupingBy(
                        mxc -> mxc.server().value(), Collectors.mapping(Mxc::mediaId, Collectors.toList())));
        return byServer.entrySet().stream()
                .flatMap(server -> entities.stream()
                        .flatMap(entity -> manager.createQuery(
                                        "select p.blobHash from " + entity
                                                + " p where p.origin = :origin and p.mediaId in :ids",
                                        String.class)
                                .setParameter("origin", server.getKey())
                                .setParameter("ids", server.getValue())
                                .getResultStream())
                        .map(BlobId::new));
    }
}
