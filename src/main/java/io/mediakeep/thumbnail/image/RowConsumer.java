package io.mediakeep.thumbnail.image;

/** Consumes the rows of an image from top to bottom. */
public interface RowConsumer {
    /**
     * Consumes a row. A row after a later one restarts the image: progressive files are decoded several times.
     *
     * @param y the number of the row, from 0
     * @param pixels the bytes of the row; valid until this returns
     */
    void row(int y, byte[] pixels);
}
