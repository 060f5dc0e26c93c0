package io.mediakeep.migrate;

import io.mediakeep.migrate.source.ImportSource;
import io.mediakeep.migrate.source.SourceEntry;
import io.mediakeep.migrate.source.SourcePage;
import io.mediakeep.migrate.source.SourcePosition;
import io.mediakeep.migrate.source.SourceRow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Reads the rows of all sources, one source after the other, each in its order. Not safe for concurrent use. */
final class ImportScan {
    /** A page costs the source a scan; it has at most some ten megabytes. */
    static final int MAX_PAGE = 10_000;

    /** How many bytes a batch has, unless it is a single item. */
    private static final long MAX_BYTES = 64L << 20;

    private static final String SEPARATOR = "/";

    private final List<ImportSource> sources;
    private final int maxPage;
    private final Deque<SourceEntry> page = new ArrayDeque<>();
    private int source;
    private SourcePosition read;
    private SourcePosition taken;

    /**
     * @param position that {@link #position} returned; empty for the beginning
     * @param maxPage how many rows are read at once
     */
    ImportScan(List<ImportSource> sources, String position, int maxPage) {
        this.sources = sources;
        this.maxPage = maxPage;
        int separator = position.indexOf(SEPARATOR);
        this.source = separator < 0 ? 0 : Integer.parseInt(position.substring(0, separator));
        this.read = separator < 0 ? SourcePosition.START : SourcePosition.parse(position.substring(separator + 1));
        this.taken = read;
    }

    /** The source of the last batch. */
    ImportSource source() {
        return sources.get(source);
    }

    /**
     * The next entries, all of one source; none at the end.
     *
     * @throws io.mediakeep.migrate.source.SourceUnavailableException when they cannot be read now
     */
    List<SourceEntry> next(int max) {
        while (page.isEmpty() && source < sources.size()) {
            readPage();
        }
        List<SourceEntry> batch = new ArrayList<>();
        long bytes = 0;
        while (batch.size() < max && !page.isEmpty() && (batch.isEmpty() || bytes < MAX_BYTES)) {
            SourceEntry entry = page.remove();
            batch.add(entry);
            if (entry instanceof SourceRow row) {
                bytes += row.size();
                taken = positionOf(row);
            }
        }
        return batch;
    }

    private void readPage() {
        SourcePage next = sources.get(source).page(read, maxPage);
        page.addAll(next.entries());
        if (next.last().isEmpty()) {
            source++;
            read = SourcePosition.START;
            taken = read;
        } else {
            // the same row again: its id is not valid text, so what follows it is found by the time only
            SourcePosition last = next.last().get();
            read = last.equals(read) ? new SourcePosition(last.accessed(), "~", "") : last;
        }
    }

    private static SourcePosition positionOf(SourceRow row) {
        return new SourcePosition(
                row.lastAccessAt().toEpochMilli(),
                row.mxc().server().value(),
                row.mxc().mediaId());
    }

    /** After the last batch; rows that are none are not counted, and read again after a restart. */
    String position() {
        return source + SEPARATOR + taken;
    }
}
