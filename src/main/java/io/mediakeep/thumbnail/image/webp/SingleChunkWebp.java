package io.mediakeep.thumbnail.image.webp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Builds WebP files of a single chunk of pixels for the decoder (RFC 9649, sections 2.5 and 2.6). */
final class SingleChunkWebp {
    private static final int CHUNK_START = 20;
    private static final int SIGNATURE = 0x2f;
    private static final byte[] NO_HEADER = {};

    /** The decoder reads ahead so many bytes at most. */
    private static final int READ_AHEAD = 16;

    private SingleChunkWebp() {}

    /** A lossy image. */
    static byte[] lossy(byte[] pixels) {
        return file("VP8 ", NO_HEADER, pixels);
    }

    /** A lossless image. */
    static byte[] lossless(byte[] pixels) {
        return file("VP8L", NO_HEADER, pixels);
    }

    /** A lossless image from data without a header, as that of an alpha plane. */
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
