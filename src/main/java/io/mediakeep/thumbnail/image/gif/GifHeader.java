package io.mediakeep.thumbnail.image.gif;

import io.mediakeep.thumbnail.image.CorruptImageException;
import io.mediakeep.thumbnail.image.SplicedStream;
import java.awt.Rectangle;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import javax.imageio.stream.ImageInputStream;

/** Parses the blocks of a GIF file (GIF89a specification), skipping comments and unknown extensions. */
final class GifHeader {
    /** More frames are not read. */
    static final int MAX_FRAMES = 500;

    private static final int VERSION = 3;
    private static final int SCREEN = 6;
    private static final int SCREEN_END = 13;
    private static final int EXTENSION = 0x21;
    private static final int CONTROL = 0xf9;
    private static final int APPLICATION = 0xff;
    private static final int IMAGE = 0x2c;

    private final ImageInputStream in;
    private final List<GifFrame> frames = new ArrayList<>();
    private boolean version87;
    private int width;
    private int height;
    private long coloursEnd;
    private long control;
    private int delay;
    private int disposal;
    private OptionalInt loops = OptionalInt.empty();
    private boolean more = true;

    private GifHeader(ImageInputStream in) {
        this.in = in;
    }

    /** Parses the blocks, skipping the pixels. A truncated file has the frames before its end. */
    static GifHeader read(ImageInputStream in) throws IOException {
        GifHeader gif = new GifHeader(in);
        in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        try {
            gif.screen();
            while (gif.more && gif.frames.size() <= MAX_FRAMES) {
                gif.block();
            }
        } catch (EOFException cutOff) {
            gif.more = false;
        }
        if (gif.frames.isEmpty()) {
            throw new CorruptImageException("a GIF without an image");
        }
        return gif;
    }

    private void screen() throws IOException {
        in.seek(VERSION);
        version87 = in.readUnsignedByte() == '8' && in.readUnsignedByte() == '7';
        in.seek(SCREEN);
        width = in.readUnsignedShort();
        height = in.readUnsignedShort();
        coloursEnd = SCREEN_END + colourBytes(in.readUnsignedByte());
        in.seek(coloursEnd);
    }

    private static long colourBytes(int flags) {
        return (flags & 0x80) == 0 ? 0 : 6L << (flags & 7);
    }

    private void block() throws IOException {
        long start = in.getStreamPosition();
        int kind = in.readUnsignedByte();
        if (kind == IMAGE) {
            image(start);
        } else if (kind == EXTENSION) {
            extension(start);
        } else {
            more = false; // the trailer, or invalid data
        }
    }

    private void extension(long start) throws IOException {
        int kind = in.readUnsignedByte();
        if (kind == CONTROL && in.readUnsignedByte() == 4) {
            int method = (in.readUnsignedByte() >> 2) & 7;
            disposal = method == 4 ? GifFrame.RESTORE_PREVIOUS : method; // some encoders take the number for a bit
            delay = in.readUnsignedShort();
            in.skipBytes(1);
            control = start;
        } else if (kind == APPLICATION && in.readUnsignedByte() == 11) {
            byte[] name = new byte[11];
            in.readFully(name);
            if (name[0] == 'N' && in.readUnsignedByte() == 3 && in.readUnsignedByte() == 1) {
                loops = OptionalInt.of(in.readUnsignedShort());
            } else {
                in.seek(start + 14);
            }
        } else {
            in.seek(start + 2);
        }
        skipData();
    }

    private void image(long start) throws IOException {
        int x = in.readUnsignedShort();
        int y = in.readUnsignedShort();
        Rectangle bounds = onScreen(new Rectangle(x, y, in.readUnsignedShort(), in.readUnsignedShort()));
        in.skipBytes(colourBytes(in.readUnsignedByte()) + 1);
        long begin = control > 0 ? control : start;
        try {
            skipData();
        } finally {
            frames.add(new GifFrame(bounds, delay, disposal, begin, start, in.getStreamPosition()));
            control = 0;
            delay = 0;
            disposal = 0;
        }
    }

    /** As browsers do, the screen is the first frame where that does not fit, and in GIF87a files. */
    private Rectangle onScreen(Rectangle bounds) {
        if (frames.isEmpty() && (version87 || bounds.width > width || bounds.height > height)) {
            width = bounds.width;
            height = bounds.height;
            bounds.setLocation(0, 0);
        }
        return bounds;
    }

    private void skipData() throws IOException {
        int length = in.readUnsignedByte();
        while (length > 0) {
            in.seek(in.getStreamPosition() + length);
            length = in.readUnsignedByte();
        }
    }

    /** Pixels of the canvas from left to right. */
    int width() {
        return width;
    }

    /** Pixels of the canvas from top to bottom. */
    int height() {
        return height;
    }

    /** The frames; one more than {@link #MAX_FRAMES} when there are too many. */
    List<GifFrame> frames() {
        return frames;
    }

    /** The number of repetitions, 0 for endless (NETSCAPE2.0); empty without the extension. */
    OptionalInt loops() {
        return loops;
    }

    /** A file with a single one of the frames. */
    SplicedStream only(GifFrame frame) throws IOException {
        SplicedStream file = new SplicedStream(in).add(0, coloursEnd);
        if (frame.control() < frame.start()) {
            file.add(frame.control(), frame.control() + 8);
        }
        return file.add(frame.start(), Math.min(frame.end(), in.length())).add(new byte[] {0, 0x3b});
    }
}
