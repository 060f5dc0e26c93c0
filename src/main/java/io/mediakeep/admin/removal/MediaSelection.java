package io.mediakeep.admin.removal;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.matrix.UserId;
import io.mediakeep.media.MediaRow;
import io.mediakeep.media.MediaRow.Kind;
import io.mediakeep.media.MediaScan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * Media that meets all of some criteria, of which there is at least one. Quarantined and protected media is selected only
 * by content URI, origin, uploader, hash, or quarantine itself, not by kind, size or age alone.
 *
 * @param unusedSince not accessed since then
 * @param largerThan in bytes
 * @param quarantined only what is quarantined, or only what is not
 */
public record MediaSelection(
        Optional<Mxc> media,
        Optional<ServerName> origin,
        Optional<UserId> uploader,
        Optional<BlobId> hash,
        Optional<Kind> kind,
        Optional<Instant> unusedSince,
        OptionalLong largerThan,
        Optional<Boolean> quarantined) {
    private static final MediaSelection ALL = new MediaSelection(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty());

    /** Media of a kind that was not accessed since a time. */
    public static MediaSelection unused(Kind kind, Instant since, OptionalLong largerThan) {
        return new MediaSelection(
                ALL.media,
                ALL.origin,
                ALL.uploader,
                ALL.hash,
                Optional.of(kind),
                Optional.of(since),
                largerThan,
                ALL.quarantined);
    }

    /** All media with some content. */
    public static MediaSelection of(BlobId content) {
        return new MediaSelection(
                ALL.media,
                ALL.origin,
                ALL.uploader,
                Optional.of(content),
                ALL.kind,
                ALL.unusedSince,
                ALL.largerThan,
                ALL.quarantined);
    }

    /** Whether there is no criterion. */
    public boolean isEmpty() {
        return equals(ALL);
    }

    /** The removal of this selection. */
    public RemovalPlan plan(boolean keepAvatars, boolean dryRun) {
        return new RemovalPlan(scans(), this::contains, keepAvatars, dryRun);
    }

    /** The first criterion that leads to an index. */
    private List<MediaScan> scans() {
        return Stream.of(
                        media.map(MediaScan::of),
                        hash.map(MediaScan::of),
                        uploader.map(MediaScan::of),
                        origin.map(MediaScan::of))
                .flatMap(Optional::stream)
                .findFirst()
                .map(List::of)
                .orElseGet(this::byAccess);
    }

    private List<MediaScan> byAccess() {
        if (kind.equals(Optional.of(Kind.PREVIEW))) {
            return List.of(MediaScan.previews());
        }
        Instant since = unusedSince.orElse(Instant.ofEpochMilli(Long.MAX_VALUE));
        boolean inQuarantine = quarantined.orElse(false);
        return Stream.of(false, true)
                .filter(remote -> kind.isEmpty() || remote == kind.equals(Optional.of(Kind.REMOTE)))
                .map(remote -> MediaScan.unused(remote, inQuarantine, since))
                .toList();
    }

    /** Whether it names an item, a server, a user or a content. */
    public boolean isSpecific() {
        return media.isPresent() || origin.isPresent() || uploader.isPresent() || hash.isPresent();
    }

    private boolean contains(MediaRow row) {
        return media.stream().allMatch(row.mxc()::equals)
                && origin.stream().allMatch(row.mxc().server()::equals)
                && (uploader.isEmpty() || uploader.equals(row.uploader()))
                && hash.stream().allMatch(row.blob()::equals)
                && kind.stream().allMatch(row.kind()::equals)
                && unusedSince.stream().allMatch(row.lastAccessAt()::isBefore)
                && largerThan.stream().allMatch(size -> row.size() > size)
                && isRemovable(row);
    }

    private boolean isRemovable(MediaRow row) {
        boolean permitted =
                quarantined.map(only -> only == row.quarantined()).orElseGet(() -> isSpecific() || !row.quarantined());
        return permitted && (isSpecific() || !row.safeFromQuarantine());
    }
}
