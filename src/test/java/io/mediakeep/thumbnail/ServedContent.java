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

/** What a node serves, looked at whole. */
final class ServedContent {
    /** Of so many of the newest, thumbnails are asked for too. */
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

    /** Whatever has a row is served as the bytes that the row says, or not at all, and so are thumbnails of the last ones. */
    static void everything(ThumbnailNode node) throws Exception {
        List<Mxc> rows = node.transactions.call(entities -> entities.createQuery(
                        "select m.origin || '/' || m.mediaId from MediaEntity m order by m.createdAt desc",
                        String.class)
                .getResultStream()
                .map(id -> Mxc.parse("mxc://" + id))
                .toList());
        for (Mxc mxc : rows) {
            wholeOrNotAtAll(() -> node.downloads.openWhole(ThumbnailNode.request(mxc, true, Duration.ZERO)));
        }
        for (Mxc mxc : rows.subList(0, Math.min(rows.size(), THUMBNAILS))) {
            wholeOrNotAtAll(() -> node.open(mxc, ThumbnailsContract.SMALL));
        }
    }

    private static void wholeOrNotAtAll(Supplier<CompletionStage<Content>> request) throws Exception {
        try {
            Content content = request.get().toCompletableFuture().get();
            assertThat(ThumbnailsContract.hash(ThumbnailNode.read(content)))
                    .isEqualTo(content.blob().id());
        } catch (MatrixException | ExecutionException | BlobNotFoundException refusal) {
            // it is not served
        }
    }
}
