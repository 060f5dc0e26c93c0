package io.mediakeep.media.blob;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.Mxc;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
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

    /** The end of a condition in JPQL: that no row references the blob with a hash. */
    String noneTo(String hash) {
        return entities.stream()
                .map(entity ->
                        " and not exists (select p.blobHash from " + entity + " p where p.blobHash = " + hash + ")")
                .collect(Collectors.joining());
    }

    /** The blobs referenced by media and by everything derived from it. */
    Stream<BlobId> of(EntityManager manager, Collection<Mxc> media) {
        if (media.isEmpty()) {
            return Stream.empty();
        }
        ContentUriCatalog uris = new ContentUriCatalog(List.copyOf(media));
        return entities.stream()
                .flatMap(entity -> uris.bind(manager.createQuery(
                                "select p.blobHash from " + entity + " p where " + uris.in("p"), String.class))
                        .getResultStream())
                .map(BlobId::new);
    }
}
