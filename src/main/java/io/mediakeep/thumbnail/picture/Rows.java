package io.mediakeep.thumbnail.picture;

/** Takes the rows of a picture as they are read, from the top to the bottom. */
public interface Rows {
    /**
     * Takes a row. One that comes after a later one begins the picture anew: some files hold the whole picture several
     * times, finer each time.
     *
     * @param y the number of the row, from 0
     * @param pixels the bytes of its pixels, which change when this returns
     */
    void row(int y, byte[] pixels);
}
