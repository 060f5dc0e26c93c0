package io.mediakeep.thumbnail.image;

/** The format of the bytes of a pixel. */
public enum PixelFormat {
    /** One byte of luma. */
    GRAY(1),
    /** Red, green, blue. */
    RGB(3),
    /** Red, green, blue, alpha; not premultiplied. */
    RGBA(4),
    /** Cyan, magenta, yellow, black; 0 is no ink. */
    CMYK(4);

    private final int bytes;

    PixelFormat(int bytes) {
        this.bytes = bytes;
    }

    /** The number of bytes of a pixel. */
    public int bytes() {
        return bytes;
    }
}
