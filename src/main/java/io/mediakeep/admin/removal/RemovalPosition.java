package io.mediakeep.admin.removal;

import io.mediakeep.media.MediaPosition;

/**
 * How far a {@link RemovalPlan} is.
 *
 * @param scan the index of the scan
 * @param media the last media of the scan that is done
 */
public record RemovalPosition(int scan, MediaPosition media) {
    static final RemovalPosition START = new RemovalPosition(0, MediaPosition.START);

    private static final String SEPARATOR = " ";

    /** The position that {@link #toString} wrote; the start for an empty text. */
    static RemovalPosition parse(String text) {
        int end = text.indexOf(SEPARATOR);
        return text.isEmpty()
                ? START
                : new RemovalPosition(
                        Integer.parseInt(text.substring(0, end)), MediaPosition.parse(text.substring(end + 1)));
    }

    RemovalPosition at(MediaPosition next) {
        return new RemovalPosition(scan, next);
    }

    RemovalPosition nextScan() {
        return new RemovalPosition(scan + 1, MediaPosition.START);
    }

    @Override
    public String toString() {
        return scan + SEPARATOR + media;
    }
}
