package io.mediakeep.thumbnail.image.webp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mediakeep.thumbnail.image.CorruptImageException;
import io.mediakeep.thumbnail.image.Orientation;
import io.mediakeep.thumbnail.image.SourceImage;
import java.awt.Rectangle;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/** Parses the chunks of a WebP file (RFC 9649). Of an animation the first frame is used. */
final class WebpHeader {
    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int FRAME_HEADER = 16;

    /** A signature, and width, height, alpha and version in 32 bits. */
    private static final int LOSSLESS_HEADER = 5;

    private static final int MAX_CHUNKS = 10_000;
    private static final int MAX_EXIF = 64 * 1024;

    private final ImageInputStream in;
    private Rectangle canvas = new Rectangle();
    private Rectangle frame = new Rectangle();
    private boolean lossless;
    private boolean opaqueFrame;
    private int frames;
    private Chunk alpha = Chunk.NONE;
    private Chunk pixels = Chunk.NONE;
    private Chunk profile = Chunk.NONE;
    private int alphaFlags;
    private long tableBytes;
    private Orientation orientation = Orientation.UPRIGHT;

    /** The position of the data of a chunk: as much as the file has, whatever is declared. */
    private record Chunk(long start, long length) {
        static final Chunk NONE = new Chunk(0, 0);

        boolean found() {
            return start > 0;
        }
    }

    private WebpHeader(ImageInputStream in) {
        this.in = in;
    }

    /** Parses the chunks, skipping the pixels. */
    static WebpHeader read(ImageInputStream in) throws IOException {
        WebpHeader webp = new WebpHeader(in);
        in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
        webp.chunks(FIRST_CHUNK, in.length());
        if (!webp.pixels.found()) {
            throw new CorruptImageException("a WebP without an image");
        }
        webp.countTables();
        return webp;
    }

    private void chunks(long start, long end) throws IOException {
        long position = start;
        for (int count = 0; position + CHUNK_HEADER <= end; count++) {
            if (count == MAX_CHUNKS) {
                throw new CorruptImageException("too many WebP chunks");
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
            case "ICCP" -> profile = new Chunk(data, length <= SourceImage.MAX_PROFILE_BYTES ? length : 0);
            case "EXIF" -> takeExif(new Chunk(data, length));
            case "ANMF" -> takeFrame(data, length);
            case "ALPH" -> alpha = pixels.found() ? alpha : new Chunk(data, length);
            case "VP8 ", "VP8L" -> {
                if (!pixels.found()) {
                    takePixels(chunk.equals("VP8L"), data, length);
                }
            }
            default -> {}
        }
    }

    private void takeExif(Chunk exif) throws IOException {
        if (exif.length <= MAX_EXIF) {
            orientation = Orientation.inExif(withoutName(bytes(exif, 0)));
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
        pixels = new Chunk(data, length);
        lossless = withoutLoss;
        if (withoutLoss) {
            in.skipBytes(1);
            int bits = in.readInt();
            opaqueFrame = ((bits >> 28) & 1) == 0;
            use(1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff));
        } else {
            in.skipBytes(6);
            opaqueFrame = !alpha.found();
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

    /** Parses everything before lossless pixels. */
    private void countTables() throws IOException {
        if (lossless) {
            tableBytes = tables(pixels, LOSSLESS_HEADER);
        } else if (alpha.found()) {
            in.seek(alpha.start);
            alphaFlags = in.readUnsignedByte();
            if (alphaPacked()) {
                tableBytes = tables(alpha, 1);
            } else if ((alphaFlags & 3) != 0) {
                throw new CorruptImageException("an unknown kind of alpha");
            }
        }
    }

    private long tables(Chunk chunk, int header) throws IOException {
        in.seek(chunk.start + header);
        return LosslessWebpTables.bytes(new WebpBitReader(in, chunk.length - header), frame.width, frame.height);
    }

    private byte[] bytes(Chunk chunk, int header) throws IOException {
        byte[] bytes = new byte[(int) Math.max(0, chunk.length - header)];
        in.seek(chunk.start + header);
        in.readFully(bytes);
        return bytes;
    }

    private static byte[] withoutName(byte[] exif) {
        byte[] name = "Exif\0\0".getBytes(ISO_8859_1);
        boolean named = exif.length > name.length && Arrays.equals(exif, 0, name.length, name, 0, name.length);
        return named ? Arrays.copyOfRange(exif, name.length, exif.length) : exif;
    }

    /** The size of the canvas. */
    Rectangle canvas() {
        return canvas;
    }

    /** The position of the first frame on the canvas. */
    Rectangle frame() {
        return frame;
    }

    /** The size of the compressed image in bytes. */
    long bytes() {
        return alpha.length + pixels.length;
    }

    /** The memory of the decoder's tables, beside the pixels. */
    long tableBytes() {
        return tableBytes;
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

    /** The size of the ICC profile, 0 for none. */
    long profileBytes() {
        return profile.length;
    }

    Optional<byte[]> profile() throws IOException {
        return profile.length == 0 ? Optional.empty() : Optional.of(bytes(profile, 0));
    }

    /** Whether the first frame has no alpha. */
    boolean opaqueFrame() {
        return opaqueFrame;
    }

    /** Whether a lossy first frame has an alpha plane. */
    boolean alphaPlane() {
        return !lossless && alpha.found();
    }

    /** Whether the alpha plane is a lossless image rather than raw bytes. */
    boolean alphaPacked() {
        return (alphaFlags & 3) == 1;
    }

    /** The filtering method of the alpha plane, 0 to 3. */
    int alphaFilter() {
        return (alphaFlags >> 2) & 3;
    }

    /** The data of the alpha plane, after its flags. */
    byte[] alphaBytes() throws IOException {
        return bytes(alpha, 1);
    }

    /** The data of the first frame's pixels. */
    byte[] pixelBytes() throws IOException {
        return bytes(pixels, 0);
    }
}
