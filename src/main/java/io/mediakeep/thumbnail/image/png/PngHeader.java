package io.mediakeep.thumbnail.image.png;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.mediakeep.thumbnail.image.CorruptImageException;
import io.mediakeep.thumbnail.image.Orientation;
import io.mediakeep.thumbnail.image.SourceImage;
import io.mediakeep.thumbnail.image.SplicedStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.InflaterInputStream;
import javax.imageio.stream.ImageInputStream;

/** Parses the chunks of a PNG file up to the end of its pixels (W3C PNG, third edition). Checksums are not verified. */
final class PngHeader {
    static final int GRAY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GRAY_ALPHA = 4;
    static final int RGB_ALPHA = 6;

    private static final int SIGNATURE = 8;
    private static final int HEADER_LENGTH = 13;
    private static final int CHUNK_OVERHEAD = 12; // length, name, checksum
    private static final int MAX_SMALL_CHUNK = 64 * 1024;
    private static final int MAX_CHUNKS = 100_000;
    private static final long MAX_INFLATION = 1032;

    private byte[] header = {};
    private byte[] palette = {};
    private byte[] transparency = {};
    private long profileStart;
    private long deflatedProfile;
    private Orientation orientation = Orientation.UPRIGHT;
    private boolean animated;
    private long pixels;
    private long end;

    private PngHeader() {}

    /** Parses the chunks, skipping the pixels. */
    static PngHeader read(ImageInputStream in) throws IOException {
        PngHeader png = new PngHeader();
        long position = SIGNATURE;
        for (int count = 0; png.end == 0; count++) {
            if (count == MAX_CHUNKS) {
                throw new CorruptImageException("too many PNG chunks");
            }
            position = png.next(in, position);
        }
        if (png.header.length != HEADER_LENGTH) {
            throw new CorruptImageException("a PNG without a header");
        }
        return png;
    }

    private long next(ImageInputStream in, long position) throws IOException {
        if (pixels > 0 && position >= in.length()) {
            end = in.length(); // truncated: decoded as far as it goes
            return position;
        }
        in.seek(position);
        long length = in.readUnsignedInt();
        byte[] name = new byte[4];
        in.readFully(name);
        String chunk = new String(name, ISO_8859_1);
        if (pixels > 0 && !chunk.equals("IDAT")) {
            end = position;
        } else if (chunk.equals("IDAT")) {
            pixels = pixels == 0 ? position : pixels;
        } else {
            take(chunk, in, length);
        }
        return position + CHUNK_OVERHEAD + length;
    }

    private void take(String chunk, ImageInputStream in, long length) throws IOException {
        switch (chunk) {
            case "IHDR" -> header = data(in, length, HEADER_LENGTH);
            case "PLTE" -> palette = data(in, length, MAX_SMALL_CHUNK);
            case "tRNS" -> transparency = data(in, length, MAX_SMALL_CHUNK);
            case "iCCP" -> {
                profileStart = in.getStreamPosition();
                deflatedProfile = Math.min(length, in.length() - profileStart);
            }
            case "eXIf" -> orientation = Orientation.inExif(data(in, length, MAX_SMALL_CHUNK));
            case "acTL" -> animated = length >= 4 && in.readUnsignedInt() > 1;
            default -> {}
        }
    }

    /** The data of a chunk; nothing when it is longer than the limit. */
    private static byte[] data(ImageInputStream in, long length, int maxLength) throws IOException {
        byte[] data = new byte[length <= maxLength ? (int) length : 0];
        in.readFully(data);
        return data;
    }

    int width() {
        return number(0);
    }

    int height() {
        return number(4);
    }

    private int number(int index) {
        return ByteBuffer.wrap(header).getInt(index);
    }

    /** 1, 2, 4, 8 or 16. */
    int bitDepth() {
        return header[8];
    }

    /** One of the constants above. */
    int colourType() {
        return header[9];
    }

    boolean interlaced() {
        return header[12] != 0;
    }

    /** The number of samples of a stored pixel. */
    int bands() {
        return switch (colourType()) {
            case GRAY, PALETTE -> 1;
            case GRAY_ALPHA -> 2;
            case RGB -> 3;
            default -> 4;
        };
    }

    /** Red, green, blue of each entry. */
    byte[] palette() {
        return palette;
    }

    /** The opacity of the first entries of the palette, or the colour that is transparent. */
    byte[] transparency() {
        return transparency;
    }

    Orientation orientation() {
        return orientation;
    }

    boolean animated() {
        return animated;
    }

    /** The maximum size of the inflated ICC profile: deflate compresses 1,032 to 1 at most. */
    long profileBytes() {
        return Math.min(SourceImage.MAX_PROFILE_BYTES, MAX_INFLATION * deflatedProfile);
    }

    /** The ICC profile, if there is a valid one within the limit. */
    Optional<byte[]> profile(ImageInputStream in) throws IOException {
        if (deflatedProfile == 0 || deflatedProfile > SourceImage.MAX_PROFILE_BYTES) {
            return Optional.empty();
        }
        byte[] packed = new byte[(int) deflatedProfile];
        in.seek(profileStart);
        in.readFully(packed);
        int name = 0;
        while (name < packed.length && packed[name] != 0) {
            name++;
        }
        int start = Math.min(name + 2, packed.length);
        return inflated(new ByteArrayInputStream(packed, start, packed.length - start));
    }

    private static Optional<byte[]> inflated(InputStream packed) {
        try (InflaterInputStream unpacked = new InflaterInputStream(packed)) {
            byte[] profile = unpacked.readNBytes(SourceImage.MAX_PROFILE_BYTES + 1);
            return Optional.of(profile)
                    .filter(bytes -> bytes.length > 0 && bytes.length <= SourceImage.MAX_PROFILE_BYTES);
        } catch (IOException broken) {
            return Optional.empty();
        }
    }

    /** The file with only the chunks that decoding needs. */
    SplicedStream stripped(ImageInputStream in) throws IOException {
        SplicedStream needed = new SplicedStream(in).add(0, SIGNATURE).add(chunk("IHDR", header));
        if (colourType() == PALETTE) {
            needed.add(chunk("PLTE", palette));
        }
        return needed.add(pixels, end).add(chunk("IEND", new byte[0]));
    }

    private static byte[] chunk(String name, byte[] data) {
        byte[] chunk = new byte[CHUNK_OVERHEAD + data.length];
        for (int i = 0; i < 4; i++) {
            chunk[i] = (byte) (data.length >> (24 - 8 * i));
            chunk[4 + i] = (byte) name.charAt(i);
        }
        System.arraycopy(data, 0, chunk, 8, data.length);
        return chunk; // the checksum is not verified
    }
}
