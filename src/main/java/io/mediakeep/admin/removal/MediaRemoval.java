package io.mediakeep.admin.removal;

import io.mediakeep.jobs.JobError;
import io.mediakeep.jobs.Progress;
import io.mediakeep.jobs.ProgressCatalog;
import io.mediakeep.matrix.Mxc;
import io.mediakeep.media.MediaPosition;
import io.mediakeep.media.MediaRemovalCatalog;
import io.mediakeep.media.MediaRow;
import io.mediakeep.media.MediaScan;
import io.mediakeep.media.RemovedMedia;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Removes media in batches, so that no transaction takes long, and others go on meanwhile. */
public final class MediaRemoval {
    /** How many rows are read at once, and at most how many of them are removed in one transaction. */
    static final int PAGE = 250, BATCH = 50;

    private static final String UNKNOWN_AVATAR =
            "kept, since the homeserver does not say whether it is the avatar of its uploader";

    private final MediaRemovalCatalog catalog;
    private final Avatars avatars;

    /** @param avatars which media is an avatar */
    public MediaRemoval(MediaRemovalCatalog catalog, Avatars avatars) {
        this.catalog = catalog;
        this.avatars = avatars;
    }

    /** How many items a plan selects, avatars included. It reads all of them. */
    long count(RemovalPlan plan) {
        long selected = 0;
        RemovalPosition at = RemovalPosition.START;
        while (!isAtEnd(plan, at)) {
            List<MediaRow> page = page(plan, at);
            selected += page.stream().filter(plan.condition()).count();
            at = afterPage(plan, at, page);
        }
        return selected;
    }

    /**
     * Removes everything that a plan selects.
     *
     * @param committed receives each batch
     */
    public void run(RemovalPlan plan, Consumer<RemovalBatch> committed) {
        RemovalPosition at = RemovalPosition.START;
        while (!isAtEnd(plan, at)) {
            RemovalBatch batch = step(plan, at, ProgressCatalog.NONE);
            committed.accept(batch);
            at = batch.next();
        }
    }

    /** Removes media, also what is quarantined or protected; returns what there was of it. */
    public RemovedMedia removeAll(List<Mxc> media) {
        List<Mxc> removed = new ArrayList<>();
        long bytes = 0;
        for (int from = 0; from < media.size(); from += BATCH) {
            List<Mxc> batch = media.subList(from, Math.min(from + BATCH, media.size()));
            RemovedMedia result = catalog.remove(batch, row -> true, (entities, all) -> {});
            removed.addAll(result.media());
            bytes += result.bytes();
        }
        return new RemovedMedia(removed, bytes);
    }

    /** Which of these items are stored. */
    List<Mxc> existing(List<Mxc> media) {
        return media.stream()
                .filter(mxc ->
                        !catalog.page(MediaScan.of(mxc), MediaPosition.START, 1).isEmpty())
                .toList();
    }

    /** Whether nothing of a plan is left. */
    static boolean isAtEnd(RemovalPlan plan, RemovalPosition at) {
        return at.scan() >= plan.scans().size();
    }

    /**
     * Removes the next batch: at most {@value #BATCH} items of the next {@value #PAGE} that are read. The homeserver is
     * requested for avatars before the transaction.
     *
     * @param at where it begins, which is not the end
     * @param progress records it within the transaction
     */
    RemovalBatch step(RemovalPlan plan, RemovalPosition at, ProgressCatalog progress) {
        List<MediaRow> page = page(plan, at);
        List<MediaRow> selected =
                page.stream().filter(plan.condition()).limit(BATCH).toList();
        RemovalPosition next = selected.size() == BATCH
                ? at.at(plan.scans().get(at.scan()).positionOf(selected.get(BATCH - 1)))
                : afterPage(plan, at, page);
        List<JobError> errors = new ArrayList<>();
        List<MediaRow> removable = plan.keepAvatars() ? withoutAvatars(selected, errors) : selected;
        RemovedMedia removed = plan.dryRun()
                ? catalog.countOnly(
                        removable, (entities, all) -> progress.record(entities, progress(next, all, errors)))
                : catalog.remove(
                        removable.stream().map(MediaRow::mxc).toList(),
                        plan.condition(),
                        (entities, all) -> progress.record(entities, progress(next, all, errors)));
        return new RemovalBatch(next, removed, errors);
    }

    private static Progress progress(RemovalPosition next, RemovedMedia removed, List<JobError> errors) {
        return new Progress(next.toString(), removed.media().size(), removed.bytes(), errors);
    }

    private List<MediaRow> page(RemovalPlan plan, RemovalPosition at) {
        return catalog.page(plan.scans().get(at.scan()), at.media(), PAGE);
    }

    private static RemovalPosition afterPage(RemovalPlan plan, RemovalPosition at, List<MediaRow> page) {
        return page.size() < PAGE
                ? at.nextScan()
                : at.at(plan.scans().get(at.scan()).positionOf(page.get(PAGE - 1)));
    }

    /** What is not known to be an avatar is kept all the same if it could be one. */
    private List<MediaRow> withoutAvatars(List<MediaRow> rows, List<JobError> errors) {
        List<MediaRow> removable = new ArrayList<>();
        for (MediaRow row : rows) {
            Avatars.Result result = avatars.of(row);
            if (result == Avatars.Result.NO) {
                removable.add(row);
            } else if (result == Avatars.Result.UNKNOWN) {
                errors.add(new JobError(row.mxc().toString(), UNKNOWN_AVATAR));
            }
        }
        return removable;
    }
}
