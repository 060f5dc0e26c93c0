package io.mediakeep.admin.removal;

import io.mediakeep.media.MediaNode;
import io.mediakeep.media.MediaRemovalCatalog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Removals on a node, not as a job. */
public final class TestRetention {
    private TestRetention() {}

    /** Removes what is not retained by these settings. */
    public static void enforce(MediaNode node, RetentionSettings settings) {
        removal(node).run(new RetentionPolicy(settings).plan(node.clock.instant(), false), batch -> {});
    }

    /** Remote media is removed after a time without access. */
    public static RetentionSettings remoteAfter(Duration age) {
        return new RetentionSettings(Optional.empty(), Optional.of(age), Optional.empty(), List.of());
    }

    static MediaRemoval removal(MediaNode node) {
        return new MediaRemoval(catalog(node), new Avatars(Optional.empty()));
    }

    static MediaRemovalCatalog catalog(MediaNode node) {
        return new MediaRemovalCatalog(node.transactions, node.database.announcements(), node.blobCatalog);
    }
}
