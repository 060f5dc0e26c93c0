package io.mediakeep.integrity;

import io.mediakeep.blob.BlobLocation;
import io.mediakeep.blob.BlobStore;
import io.mediakeep.blob.BlobStore.Listed;
import io.mediakeep.media.blob.BlobIntegrityCatalog;
import io.mediakeep.media.blob.Blobs;
import io.mediakeep.media.blob.StoredBlob;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A range of hashes, with what the store and the database have in it.
 *
 * @param after the location before the range; empty for the first range
 * @param last the last hash
 * @param listed the sizes that the store lists, by location
 * @param rows in the order of their hashes; read after the store was listed
 * @param next the location after which the next range begins; empty when there is none
 */
record CheckedRange(
        Optional<BlobLocation> after,
        String last,
        Map<BlobLocation, Long> listed,
        List<StoredBlob> rows,
        Optional<BlobLocation> next) {
    private static final String LAST_HASH = "f".repeat(64);

    /** Follows all generations of a hash, which are random UUIDs. */
    private static final String AFTER_GENERATIONS = "-ffffffff-ffff-ffff-ffff-ffffffffffff";

    /** Reads the range that begins after a location, with at most {@code max} blobs on each side. */
    static CheckedRange read(Optional<BlobLocation> after, int max, Blobs blobs, BlobIntegrityCatalog catalog)
            throws IOException {
        List<Listed> listed = blobs.list(after, max);
        List<StoredBlob> rows = catalog.after(hash(after), max);
        Map<BlobLocation, Long> sizes =
                listed.stream().collect(Collectors.toMap(Listed::location, Listed::size, (first, second) -> second));
        CheckedRange all = new CheckedRange(after, LAST_HASH, sizes, rows, Optional.empty());
        Optional<BlobLocation> lastListed = listed.size() < max ? Optional.empty() : lastOf(listed);
        Optional<String> lastRow = rows.size() < max
                ? Optional.empty()
                : Optional.of(hash(rows.get(rows.size() - 1).location()));
        if (lastListed.isPresent() && hash(lastListed).compareTo(lastRow.orElse(LAST_HASH)) <= 0) {
            return all.until(hash(lastListed), lastListed.get());
        }
        return lastRow.map(all::until).orElse(all);
    }

    /** The beginning of the range, up to and including a hash. */
    CheckedRange until(String hash) {
        return until(hash, afterGenerations(hash));
    }

    private CheckedRange until(String hash, BlobLocation end) {
        Map<BlobLocation, Long> kept = new HashMap<>(listed);
        kept.keySet().removeIf(location -> hash(location).compareTo(hash) > 0);
        List<StoredBlob> before = rows.stream()
                .filter(row -> hash(row.location()).compareTo(hash) <= 0)
                .toList();
        return new CheckedRange(after, hash, kept, before, Optional.of(end));
    }

    /** The hash before the range; empty for the first range. */
    String afterHash() {
        return hash(after);
    }

    /** What the store has and no row has. */
    Set<BlobLocation> withoutRow() {
        Set<BlobLocation> locations = new HashSet<>(listed.keySet());
        rows.forEach(row -> locations.remove(row.location()));
        return locations;
    }

    /** Rows whose bytes the store must have, and has not, or with another size. */
    List<StoredBlob> withoutBytes() {
        return rows.stream().filter(row -> row.settled() && !isListed(row)).toList();
    }

    /** Whether the store has bytes of the size that a row says. */
    boolean isListed(StoredBlob row) {
        return Long.valueOf(row.size()).equals(listed.get(row.location()));
    }

    /** What the store lists in this range now, and maybe some after it. */
    Map<BlobLocation, Long> listAgain(Blobs blobs) throws IOException {
        return list(blobs::list, after, last);
    }

    /** A list of a store, as {@link BlobStore#list}. */
    @FunctionalInterface
    interface Listing {
        /** One page. */
        List<Listed> list(Optional<BlobLocation> from, int max) throws IOException;
    }

    /** The sizes of the blobs that follow a location, up to a hash and maybe some after it. */
    static Map<BlobLocation, Long> list(Listing store, Optional<BlobLocation> after, String lastHash)
            throws IOException {
        Map<BlobLocation, Long> sizes = new HashMap<>();
        Optional<BlobLocation> from = after;
        boolean more = true;
        while (more) {
            List<Listed> page = store.list(from, BlobStore.MAX_LISTED);
            page.forEach(blob -> sizes.put(blob.location(), blob.size()));
            from = lastOf(page);
            more = page.size() == BlobStore.MAX_LISTED && hash(from).compareTo(lastHash) <= 0;
        }
        return sizes;
    }

    /** The location that follows all generations of a hash. */
    static BlobLocation afterGenerations(String hash) {
        return new BlobLocation(hash + AFTER_GENERATIONS);
    }

    private static Optional<BlobLocation> lastOf(List<Listed> page) {
        return page.isEmpty()
                ? Optional.empty()
                : Optional.of(page.get(page.size() - 1).location());
    }

    private static String hash(Optional<BlobLocation> location) {
        return location.map(CheckedRange::hash).orElse("");
    }

    private static String hash(BlobLocation location) {
        return location.id().sha256();
    }
}
