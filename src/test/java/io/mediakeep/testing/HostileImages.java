package io.mediakeep.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Image files that are crafted to exhaust the memory or time of a decoder. */
public final class HostileImages {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int GREY = 0;
    private static final int TRUE_COLOUR_WITH_ALPHA = 6;

    private HostileImages() {}

    /** An image of each kind. */
    public static List<byte[]> all() throws IOException {
        byte[] jpeg = TestImages.encoded(new BufferedImage(1500, 1000, BufferedImage.TYPE_INT_RGB), "jpg");
        byte[] png = TestImages.png(800, 600, 1);
        return List.of(
                png(50_000, 50_000, 1, GREY),
                png(1_000_000, 1, 8, GREY),
                png(1, 1_000_000, 8, GREY),
                png(7_000, 7_000, 8, TRUE_COLOUR_WITH_ALPHA),
                png(1_500, 1_500, 16, TRUE_COLOUR_WITH_ALPHA),
                withTextBomb(png),
                gif(20_000, 1, 1),
                gif(300, 4_000, 4_000),
                Arrays.copyOf(jpeg, jpeg.length / 2),
                Arrays.copyOf(png, png.length / 2),
                declaringSize(jpeg, 7_000),
                declaringSize(jpeg, 65_500),
                flipped(jpeg),
                flipped(png),
                LosslessWebp.image(40, 40).pixels(65_536, 7).file(),
                LosslessWebp.image(13_000, 13_000).pixels(1, 7).fileOnCanvas(1, 3_000),
                truncated(LosslessWebp.image(7_000, 7_000)),
                declaringProfile(),
                bmp(4, 0x7fff_ffff),
                bmp(5, 0x7fff_ffff),
                bmp(1, 0x7fff_ffff),
                "%PDF-1.7 no picture".getBytes(StandardCharsets.US_ASCII),
                "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>".getBytes(StandardCharsets.US_ASCII),
                "%!PS-Adobe-3.0 EPSF-3.0\nshowpage".getBytes(StandardCharsets.US_ASCII));
    }

    /** A PNG of one colour: few bytes, any number of pixels. */
    public static byte[] png(int width, int height, int bits, int colourType) throws IOException {
        int samples = colourType == TRUE_COLOUR_WITH_ALPHA ? 4 : 1;
        byte[] row = new byte[1 + (int) (((long) width * samples * bits + 7) / 8)];
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(compressed)) {
            for (int y = 0; y < height; y++) {
                deflater.write(row);
            }
        }
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {(byte) bits, (byte) colourType, 0, 0, 0});
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(PNG);
        file.write(chunk("IHDR", header.toByteArray()));
        file.write(chunk("IDAT", compressed.toByteArray()));
        file.write(chunk("IEND", new byte[0]));
        return file.toByteArray();
    }

    /** With 200 MB of compressed text after the header. */
    private static byte[] withTextBomb(byte[] png) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.write("Comment\0\0".getBytes(StandardCharsets.US_ASCII));
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(text)) {
            byte[] block = new byte[1_000_000];
            for (int i = 0; i < 200; i++) {
                deflater.write(block);
            }
        }
        int afterHeader = PNG.length + 25;
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(png, 0, afterHeader);
        file.write(chunk("zTXt", text.toByteArray()));
        file.write(png, afterHeader, png.length - afterHeader);
        return file.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(chunk);
        fields.writeInt(data.length);
        fields.write(name);
        fields.write(data);
        fields.writeInt((int) crc.getValue());
        return chunk.toByteArray();
    }

    /** A GIF of many frames, each of one pixel on a canvas of this size. */
    public static byte[] gif(int frames, int width, int height) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write("GIF89a".getBytes(StandardCharsets.US_ASCII));
        file.write(new byte[] {(byte) width, (byte) (width >> 8), (byte) height, (byte) (height >> 8)});
        file.write(new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff, (byte) 0xff});
        for (int frame = 0; frame < frames; frame++) {
            file.write(new byte[] {0x21, (byte) 0xf9, 4, 0, 2, 0, 0, 0}); // a fiftieth of a second
            file.write(new byte[] {0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0});
        }
        file.write(0x3b);
        return file.toByteArray();
    }

    /** A lossless WebP with codes of one bit for each pixel, truncated before the first. */
    private static byte[] truncated(LosslessWebp image) {
        image.bits(0, 3);
        for (int code = 0; code < 5; code++) {
            image.bits(0b111, 3).bits(code == 4 ? 0 : 1, 8).bits(0, 8);
        }
        return image.file();
    }

    /** A small WebP that declares an ICC profile of 2 GiB. */
    public static byte[] declaringProfile() {
        byte[] profile = ByteBuffer.allocate(200).putInt(0x7fff_fff0).array();
        return LosslessWebp.riff(
                LosslessWebp.canvas(0x20, 600, 600),
                LosslessWebp.chunk("ICCP", profile),
                LosslessWebp.chunk(
                        "VP8L", LosslessWebp.image(600, 600).pixels(1, 7).bytes()));
    }

    /** A BMP of 58 bytes. */
    private static byte[] bmp(int compression, int declaredSize) {
        ByteBuffer bmp = ByteBuffer.allocate(58).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put("BM".getBytes(StandardCharsets.US_ASCII)).putInt(58).putInt(0).putInt(54);
        bmp.putInt(40).putInt(100).putInt(100).putInt(compression == 1 ? 0x0008_0001 : 1);
        bmp.putInt(compression).putInt(declaredSize);
        return bmp.array();
    }

    /** A JPEG with larger dimensions than it has data for. */
    private static byte[] declaringSize(byte[] jpeg, int side) {
        byte[] declaringSize = jpeg.clone();
        int frame = 0;
        while (declaringSize[frame] != (byte) 0xff || declaringSize[frame + 1] != (byte) 0xc0) {
            frame++;
        }
        for (int field : new int[] {frame + 5, frame + 7}) {
            declaringSize[field] = (byte) (side >> 8);
            declaringSize[field + 1] = (byte) side;
        }
        return declaringSize;
    }

    private static byte[] flipped(byte[] image) {
        byte[] flipped = image.clone();
        new Random(5).ints(40, 30, flipped.length).forEach(place -> flipped[place] ^= (byte) (1 << place % 8));
        return flipped;
    }
}
