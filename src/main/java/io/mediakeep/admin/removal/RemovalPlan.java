package io.mediakeep.admin.removal;

import io.mediakeep.media.MediaRow;
import io.mediakeep.media.MediaScan;
import java.util.List;
import java.util.function.Predicate;

/**
 * What is removed.
 *
 * @param scans the media that is read, one after another
 * @param condition what is removed of it; it is checked again when the row is locked
 * @param keepAvatars whether avatars are kept, as far as the homeserver names them
 * @param dryRun whether nothing is removed, only counted
 */
public record RemovalPlan(List<MediaScan> scans, Predicate<MediaRow> condition, boolean keepAvatars, boolean dryRun) {

    /** Copies the list. */
    public RemovalPlan {
        scans = List.copyOf(scans);
    }
}
