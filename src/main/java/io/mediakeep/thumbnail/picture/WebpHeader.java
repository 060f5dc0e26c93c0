package io.mediakeep.thumbnail.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.Rectangle;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/** The chunks of a WebP file (RFC 9649). Of one that moves, the first frame counts. */
final class WebpHeader {
    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;
    private static final int ALPHA = 0x10;
    private static final int MAX_CHUNKS = 10_000;
    private static final int MAX_EXIF = 64 * 1024;

    private final ImageInputStream in;
    private Rectangle canvas = new Rectangle();
    private Rectangle frame = new Rectangle();
    private boolean lossless;
    private boolean opaqueFrame;
    private int frames;
    private long alphaStart;
    private long alphaEnd;
    private long pixels;
    private long pixelsEnd;
    private byte[] profile = {};
    private Orientation orientation = Orientation.UPRIGHT;

    private WebpHeader(ImageInputStream in) {
        this.in = in;
    }

    /** Reads the chunks, and passes over the pixels. */
    static WebpHeader read(ImageInputStream in) throws IOException {
        WebpHeader webp = new WebpHeader(in);
        in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        webp.chunks(FIRST_CHUNK, in.length());
        if (webp.pixels == 0) {
            throw new BrokenPictureException("a WebP without a picture");
        }
        return webp;
    }

    private void chunks(long start, long end) throws IOException {
        long position = start;
        for (int count = 0; position + CHUNK_HEADER <= end; count++) {
            if (count == MAX_CHUNKS) {
                throw new BrokenPictureException("too many WebP chunks");
            }
            in.seek(position);
            byte[] name = new byte[4];
            in.readFully(name);
            long length = in.readUnsignedInt();
            long data = position + CHUNK_HEADER;
            try {
                take(new String(name, ISO_8859_1), data, Math.min(length, end - data));
            } catch (EOFException cutOff) {
                return;
            }
            position = data + length + (length & 1);
        }
    }

    private void take(String chunk, long data, long length) throws IOException {
        switch (chunk) {
            case "VP8X" -> takeCanvas();
            case "ICCP" -> profile = bytes(length, Picture.MAX_PROFILE_BYTES);
            case "EXIF" -> orientation = Orientation.inExif(withoutName(bytes(length, MAX_EXIF)));
            case "ANMF" -> takeFrame(data, length);
            case "ALPH" -> {
                if (pixels == 0) {
                    alphaStart = data;
                    alphaEnd = data + length;
                }
            }
            case "VP8 ", "VP8L" -> {
                if (pixels == 0) {
                    takePixels(chunk.equals("VP8L"), data, length);
                }
            }
            default -> {}
        }
    }

    private void takeCanvas() throws IOException {
        in.skipBytes(4);
        canvas = new Rectangle(1 + threeBytes(), 1 + threeBytes());
    }

    private void takeFrame(long data, long length) throws IOException {
        frames++;
        if (frames == 1) {
            int x = 2 * threeBytes();
            int y = 2 * threeBytes();
            frame = new Rectangle(x, y, 1 + threeBytes(), 1 + threeBytes());
            chunks(data + FRAME_HEADER, data + length);
        }
    }

    private void takePixels(boolean withoutLoss, long data, long length) throws IOException {
        pixels = data;
        pixelsEnd = data + length;
        lossless = withoutLoss;
        if (withoutLoss) {
            in.skipBytes(1);
            int bits = in.readInt();
            opaqueFrame = ((bits >> 28) & 1) == 0;
            use(1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff));
        } else {
            in.skipBytes(6);
            opaqueFrame = alphaStart == 0;
            use(in.readUnsignedShort() & 0x3fff, in.readUnsignedShort() & 0x3fff);
        }
    }

    private void use(int width, int height) {
        frame = new Rectangle(frame.x, frame.y, width, height);
        if (canvas.isEmpty()) {
            canvas = new Rectangle(width, height);
        }
    }

    private int threeBytes() throws IOException {
        return in.readUnsignedShort() | (in.readUnsignedByte() << 16);
    }

    private byte[] bytes(long length, int most) throws IOException {
        byte[] bytes = new byte[length <= most ? (int) length : 0];
        in.readFully(bytes);
        return bytes;
    }

    private static byte[] withoutName(byte[] exif) {
        byte[] name = "Exif\0\0".getBytes(ISO_8859_1);
        boolean named = exif.length > name.length && Arrays.equals(exif, 0, name.length, name, 0, name.length);
        return named ? Arrays.copyOfRange(exif, name.length, exif.length) : exif;
    }

    /** How large it is. */
    Rectangle canvas() {
        return canvas;
    }

    /** Where on the canvas the first frame lies. */
    Rectangle frame() {
        return frame;
    }

    /** How many bytes the picture has, packed. */
    long bytes() {
        return alphaEnd - alphaStart + pixelsEnd - pixels;
    }

    /** Whether pixels can be transparent. */
    boolean alpha() {
        return !opaqueFrame || !frame.contains(canvas);
    }

    boolean lossless() {
        return lossless;
    }

    boolean animated() {
        return frames > 1;
    }

    Orientation orientation() {
        return orientation;
    }

    Optional<byte[]> profile() {
        return Optional.of(profile).filter(bytes -> bytes.length > 0);
    }

    /** A file with nothing but the first frame, which is as large as its canvas. */
    Patchwork diet() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        boolean translucent = !opaqueFrame && !lossless;
        long alphaLength = translucent ? CHUNK_HEADER + padded(alphaEnd - alphaStart) : 0;
        long pixelLength = CHUNK_HEADER + padded(pixelsEnd - pixels);
        head.writeBytes("RIFF".getBytes(ISO_8859_1));
        number(head, 4 + (translucent ? CHUNK_HEADER + 10 : 0) + alphaLength + pixelLength, 4);
        head.writeBytes("WEBP".getBytes(ISO_8859_1));
        Patchwork file = new Patchwork(in);
        if (translucent) {
            chunk(head, "VP8X", 10);
            number(head, ALPHA, 4);
            number(head, frame.width - 1, 3);
            number(head, frame.height - 1, 3);
            chunk(head, "ALPH", alphaEnd - alphaStart);
            file.add(head.toByteArray()).add(alphaStart, alphaStart + alphaLength - CHUNK_HEADER);
            head.reset();
        }
        chunk(head, lossless ? "VP8L" : "VP8 ", pixelsEnd - pixels);
        return file.add(head.toByteArray()).add(pixels, pixelsEnd).add(new byte[2 * CHUNK_HEADER]);
    }

    private static long padded(long length) {
        return length + (length & 1);
    }

    private static void chunk(ByteArrayOutputStream out, String name, long length) {
        out.writeBytes(name.getBytes(ISO_8859_1));
        number(out, length, 4);
    }

    private static void number(ByteArrayOutputStream out, long number, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (number >> (8 * i)));
        }
    }
}
