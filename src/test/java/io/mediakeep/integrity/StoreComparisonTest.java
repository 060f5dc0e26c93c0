package io.mediakeep.integrity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.ForwardingStore;
import io.mediakeep.integrity.Finding.Kind;
import io.mediakeep.media.MediaNode;
import io.mediakeep.media.NodeOptions;
import io.mediakeep.media.blob.BlobCheckCatalog;
import io.mediakeep.media.blob.BlobReferenceCatalog;
import io.mediakeep.testing.H2Database;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreComparisonTest {
    @TempDir
    Path directory;

    @Test
    void bytesThatAnEventuallyConsistentStoreDoesNotListYetAreNotMissing() throws Exception {
        NodeOptions options = new NodeOptions().wrapStore(disk -> new ForwardingStore(disk) {
            @Override
            public List<Listed> list(Optional<BlobLocation> after, int max) {
                return List.of();
            }
        });
        try (MediaNode node = new MediaNode(H2Database.inMemory(), directory, options)) {
            node.upload(MediaNode.ALICE, "lost");
            BlobLocation lost = node.integrity.after("", 1).get(0).location();
            node.store.delete(lost);
            node.upload(MediaNode.ALICE, "stored");

            BlobCheckCatalog catalog = new BlobCheckCatalog(node.transactions, new BlobReferenceCatalog(), node.clock);
            CheckedRange range = CheckedRange.read(Optional.empty(), 10, node.blobs, node.integrity);
            assertThat(range.withoutBytes()).hasSize(2);
            assertThat(new StoreComparison(node.blobs, catalog).findings(range))
                    .extracting(Finding::kind, Finding::location)
                    .containsExactly(tuple(Kind.MISSING, lost));
        }
    }
}
