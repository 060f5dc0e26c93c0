package io.mediakeep.thumbnail.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A WebP file with nothing but pixels (RFC 9649, section 2.5 and 2.6), which is all that a decoder gets to see. */
final class WebpFile {
    private static final int CHUNK_START = 20;
    private static final int SIGNATURE = 0x2f;
    private static final byte[] NO_HEADER = {};

    /** The decoder reads ahead, so many bytes at most. */
    private static final int READ_AHEAD = 16;

    private WebpFile() {}

    /** A lossy picture. */
    static byte[] lossy(byte[] pixels) {
        return file("VP8 ", NO_HEADER, pixels);
    }

    /** A lossless picture. */
    static byte[] lossless(byte[] pixels) {
        return file("VP8L", NO_HEADER, pixels);
    }

    /** A lossless picture whose header is left out, as that of a plane of alpha is. */
    static byte[] lossless(int width, int height, byte[] pixels) {
        ByteBuffer header = ByteBuffer.allocate(5).order(ByteOrder.LITTLE_ENDIAN);
        header.put((byte) SIGNATURE).putInt((width - 1) | ((height - 1) << 14));
        return file("VP8L", header.array(), pixels);
    }

    private static byte[] file(String chunk, byte[] header, byte[] pixels) {
        int length = header.length + pixels.length;
        int padded = length + (length & 1);
        ByteBuffer file = ByteBuffer.allocate(CHUNK_START + padded + READ_AHEAD).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF".getBytes(ISO_8859_1)).putInt(CHUNK_START - 8 + padded);
        file.put(("WEBP" + chunk).getBytes(ISO_8859_1)).putInt(length);
        file.put(header).put(pixels);
        return file.array();
    }
}
