package io.mediakeep.thumbnail.picture;

/** What the bytes of one pixel are. */
public enum Samples {
    /** One byte of brightness. */
    GRAY(1),
    /** Red, green, blue. */
    RGB(3),
    /** Red, green, blue, and how much they cover; the colours are not multiplied by it. */
    RGBA(4),
    /** Ink: cyan, magenta, yellow, black; 0 is none. */
    CMYK(4);

    private final int bytes;

    Samples(int bytes) {
        this.bytes = bytes;
    }

    /** How many bytes a pixel has. */
    public int bytes() {
        return bytes;
    }
}
