package io.mediakeep.thumbnail.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The format and dimensions in the first bytes of an image, read at fixed offsets without a decoder: decoders allocate
 * what a file declares (a profile of 2 GiB in a WebP file of 246 bytes) before they report the dimensions.
 *
 * @param contentType such as {@code image/png}
 * @param width in pixels, as stored
 * @param height in pixels, as stored
 */
public record ImageHeader(String contentType, int width, int height) {
    private static final int CORE_HEADER = 12;
    private static final int FIRST_CHUNK = 12;
    private static final int SCREEN_END = 13;
    private static final int LARGEST_ICON = 256;
    private static final byte[] ICON = {0, 0, 1, 0};

    /** The header; empty when the bytes are not the beginning of an image of a known format. */
    public static Optional<ImageHeader> of(byte[] beginning) {
        try {
            return read(beginning).filter(header -> header.width > 0 && header.height > 0);
        } catch (IndexOutOfBoundsException tooShort) {
            return Optional.empty();
        }
    }

    private static Optional<ImageHeader> read(byte[] beginning) {
        ByteBuffer bytes = ByteBuffer.wrap(beginning);
        ByteBuffer little = ByteBuffer.wrap(beginning).order(ByteOrder.LITTLE_ENDIAN);
        Optional<ImageFormat> format = ImageFormat.of(beginning);
        if (format.isEmpty()) {
            return isIcon(beginning) ? icon(little) : Optional.empty();
        }
        return switch (format.get()) {
            case JPEG -> jpeg(bytes);
            case PNG -> header(ImageFormat.PNG, bytes.getInt(16), bytes.getInt(20));
            case GIF -> gif(little);
            case WEBP -> webp(new String(beginning, FIRST_CHUNK, 4, ISO_8859_1), little);
            case BMP -> bmp(little);
        };
    }

    private static Optional<ImageHeader> header(ImageFormat format, int width, int height) {
        return Optional.of(new ImageHeader(format.contentType(), width, height));
    }

    /** Finds the frame header (ITU-T T.81, B.2.2) of the kinds that browsers support: SOF0 to SOF2. */
    private static Optional<ImageHeader> jpeg(ByteBuffer bytes) {
        int at = 2;
        while (true) {
            int marker = bytes.get(at + 1) & 0xff;
            if (bytes.get(at) != (byte) 0xff || marker == 0xff || marker == 0) {
                at++; // fill bytes, or invalid ones, which other decoders skip
            } else if (marker >= 0xc0 && marker <= 0xc2) {
                return header(ImageFormat.JPEG, number(bytes, at + 7), number(bytes, at + 5));
            } else if (marker == 0xd9 || marker == 0xda) {
                return Optional.empty();
            } else {
                boolean alone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
                at += 2 + (alone ? 0 : Math.max(2, number(bytes, at + 2)));
            }
        }
    }

    /** The size of the screen; that of the first frame where it is zero. */
    private static Optional<ImageHeader> gif(ByteBuffer bytes) {
        int width = number(bytes, 6);
        int height = number(bytes, 8);
        if (width > 0 && height > 0) {
            return header(ImageFormat.GIF, width, height);
        }
        int flags = bytes.get(10);
        int at = SCREEN_END + ((flags & 0x80) == 0 ? 0 : 6 << (flags & 7));
        while (bytes.get(at) == 0x21) {
            at += 2;
            while (bytes.get(at) != 0) {
                at += 1 + (bytes.get(at) & 0xff);
            }
            at++;
        }
        return bytes.get(at) == 0x2c
                ? header(ImageFormat.GIF, number(bytes, at + 5), number(bytes, at + 7))
                : Optional.empty();
    }

    private static Optional<ImageHeader> webp(String firstChunk, ByteBuffer bytes) {
        int data = FIRST_CHUNK + 8;
        return switch (firstChunk) {
            case "VP8 " -> header(ImageFormat.WEBP, number(bytes, data + 6) & 0x3fff, number(bytes, data + 8) & 0x3fff);
            case "VP8L" -> {
                int bits = bytes.getInt(data + 1);
                yield header(ImageFormat.WEBP, 1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff));
            }
            case "VP8X" ->
                header(
                        ImageFormat.WEBP,
                        1 + (bytes.getInt(data + 4) & 0xff_ffff),
                        1 + (number(bytes, data + 7) | ((bytes.get(data + 9) & 0xff) << 16)));
            default -> Optional.empty();
        };
    }

    private static Optional<ImageHeader> bmp(ByteBuffer bytes) {
        return bytes.getInt(14) == CORE_HEADER
                ? header(ImageFormat.BMP, number(bytes, 18), number(bytes, 20))
                : header(ImageFormat.BMP, bytes.getInt(18), Math.abs(bytes.getInt(22)));
    }

    private static boolean isIcon(byte[] beginning) {
        return beginning.length > ICON.length && Arrays.equals(ICON, 0, ICON.length, beginning, 0, ICON.length);
    }

    /** An ICO file: the size of its first image, 0 meaning 256. */
    private static Optional<ImageHeader> icon(ByteBuffer bytes) {
        return number(bytes, 4) == 0
                ? Optional.empty()
                : Optional.of(new ImageHeader("image/x-icon", iconSide(bytes.get(6)), iconSide(bytes.get(7))));
    }

    private static int iconSide(byte stored) {
        return stored == 0 ? LARGEST_ICON : stored & 0xff;
    }

    private static int number(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xffff;
    }
}
