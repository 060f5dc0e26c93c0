package io.mediakeep.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.blob.BlobNotFoundException;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.content.Content;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** Checks the integrity of everything that a node serves. */
final class ServedContent {
    /** The number of the newest media whose thumbnails are checked. */
    private static final int THUMBNAILS = 10;

    private ServedContent() {}

    /** The bytes of media. */
    static byte[] read(ThumbnailNode node, Mxc mxc) throws Exception {
        Content content = node.downloads
                .openWhole(ThumbnailNode.request(mxc, true, Duration.ZERO))
                .toCompletableFuture()
                .get();
        return ThumbnailNode.read(content);
    }

    /** Checks that all media, and thumbnails of the newest, are served with the bytes of their hash or not at all. */
    static void assertAllIntact(ThumbnailNode node) throws Exception {
        List<Mxc> rows = node.transactions.call(entities -> entities.createQuery(
                        "select m.origin || '/' || m.mediaId from MediaEntity m order by m.createdAt desc",
                        String.class)
                .getResultStream()
                .map(id -> Mxc.parse("mxc://" + id))
                .toList());
        for (Mxc mxc : rows) {
            assertIntactOrAbsent(() -> node.downloads.openWhole(ThumbnailNode.request(mxc, true, Duration.ZERO)));
        }
        for (Mxc mxc : rows.subList(0, Math.min(rows.size(), THUMBNAILS))) {
            assertIntactOrAbsent(() -> node.open(mxc, ThumbnailsContract.SMALL));
        }
    }

    private static void assertIntactOrAbsent(Supplier<CompletionStage<Content>> request) throws Exception {
        try {
            Content content = request.get().toCompletableFuture().get();
            assertThat(ThumbnailsContract.hash(ThumbnailNode.read(content)))
                    .isEqualTo(content.blob().id());
        } catch (MatrixException | ExecutionException | BlobNotFoundException exception) {
            // it is not served
        }
    }
}
