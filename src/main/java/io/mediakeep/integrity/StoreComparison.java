package io.mediakeep.integrity;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.integrity.Finding.Kind;
import io.mediakeep.media.blob.BlobCheckCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.blob.StoredBlob;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares rows and store in a range, without reading bytes. Uploads and removals that run meanwhile are no findings: what differs
 * is looked up once more, in the order in which an upload or a removal would have changed it. No location is ever used again, so
 * what was the same before and after was the same in between. Bytes that are not listed are requested before they count as missing:
 * the listings of some S3 servers, such as Swift, are only eventually consistent.
 */
final class StoreComparison {
    private final Blobs blobs;
    private final BlobCheckCatalog catalog;

    StoreComparison(Blobs blobs, BlobCheckCatalog catalog) {
        this.blobs = blobs;
        this.catalog = catalog;
    }

    /** The differences. */
    List<Finding> findings(CheckedRange range) throws IOException {
        List<Finding> findings = new ArrayList<>();
        Set<BlobLocation> withoutRow = range.withoutRow();
        List<StoredBlob> withoutBytes = range.withoutBytes();
        if (!withoutRow.isEmpty() || !withoutBytes.isEmpty()) {
            Set<BlobLocation> unknown = catalog.unknown(withoutRow);
            Map<BlobLocation, Long> listed = range.listAgain(blobs);
            unknown.retainAll(listed.keySet());
            unknown.forEach(location -> findings.add(new Finding(Kind.ORPHAN, location, 0)));
            findings.addAll(lost(withoutBytes, listed));
        }
        catalog.unreferenced(range.afterHash(), range.last())
                .forEach(location -> findings.add(new Finding(Kind.UNREFERENCED, location, 0)));
        return findings;
    }

    private List<Finding> lost(List<StoredBlob> suspected, Map<BlobLocation, Long> listed) throws IOException {
        List<Finding> lost = new ArrayList<>();
        for (StoredBlob blob : suspected) {
            Long size = listed.get(blob.location());
            if (size == null && !blobs.hasBytes(blob.location())) {
                lost.add(Finding.of(Kind.MISSING, blob));
            } else if (size != null && size != blob.size()) {
                lost.add(Finding.of(Kind.WRONG_SIZE, blob));
            }
        }
        Set<BlobLocation> settled =
                catalog.settled(lost.stream().map(Finding::location).toList());
        lost.removeIf(finding -> !settled.contains(finding.location()));
        return lost;
    }
}
