package io.mediakeep.thumbnail.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;

/** Builds image files of all formats, with the features that need special treatment. */
public final class TestImageFiles {
    /** Quadrants of 64 by 48 pixels, made with Pillow: red, green, blue, yellow, the last one transparent if any is. */
    public static final byte[] WEBP_LOSSY = base64(
            "UklGRoQAAABXRUJQVlA4IHgAAADQBQCdASpAADAAPjESh0KiIQyqABABglAGZmtn8A/ADXyuAfgB+tf8"
                    + "Ar/wHie9+JmWzJdW6VAAAP73ohQBs/301sTje9l/wnVXmPKRdUHe/5aA2F9sv/oDmQf8mrrY9+4W+Mrf9JM///UfrAsisqttiYGdNVIAAAA=");

    public static final byte[] WEBP_LOSSLESS =
            base64("UklGRjoAAABXRUJQVlA4TC0AAAAvP8ALAB8gEEjaH3qN+RcQFPk/2vwHXySASIDEk570pIlOjOj/BByLvgWHvgEA");

    public static final byte[] WEBP_LOSSY_ALPHA = base64(
            "UklGRrYAAABXRUJQVlA4WAoAAAAQAAAAPwAALwAAQUxQSBcAAAABDzD/ERGCTNom/k3XwfZG9H8CuhB2AwBWUDggeAAAANAFAJ0B"
                    + "KkAAMAA+MRKHQqIhDKoAEAGCUAZma2fwD8ANfK4B+AH61/wCv/AeJ734mZbMl1bpUAAA/veiFAGz/fTWxON72X/CdVeY8pF1Qd7/"
                    + "loDYX2y/+gOZB/yautj37hb4yt/0kz//9R+sCyKyq22JgZ01UgAAAA==");

    public static final byte[] WEBP_LOSSLESS_ALPHA =
            base64("UklGRjoAAABXRUJQVlA4TC0AAAAvP8ALEB8gEEjaH3qN+RcQFPk/2vwH8KWASIDEk570pIlOjOj/BByHvhWDvgEA");

    /** Two frames, the second one upside down. */
    public static final byte[] WEBP_ANIMATED =
            base64("UklGRsgAAABXRUJQVlA4WAoAAAASAAAAPwAALwAAQU5JTQYAAAAAAAAAAABBTk1GSgAAAAAAAAAAAD8A"
                    + "AC8AAGQAAAJWUDhMMgAAAC8/wAsQHyAQSNofeo35FxAU+T/a/AfwpYAw22iSk5zkKdwzov+xbdtWVfW3qioAwN0AQU5NRkoAAAAAAAAAAAA/AAAv"
                    + "AABkAAAAVlA4TDIAAAAvP8ALAB8gEEjeHzqN+RcQFPk/2vxHTg6AMNtokpOc5CncM6L/sW3bBgDwt6pqVdXdAQ==");

    private TestImageFiles() {}

    private static byte[] base64(String text) {
        return Base64.getDecoder().decode(text);
    }

    public static byte[] file(String format, BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("no writer for " + format);
        }
        return out.toByteArray();
    }

    public static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
        return jpeg(new IIOImage(image, null, null), progressive);
    }

    /** Raw samples, without markers for their colour space. */
    public static byte[] jpeg(Raster raster) throws IOException {
        return jpeg(new IIOImage(raster, null, null), false);
    }

    /** A JPEG file with restart markers (ITU-T T.81, B.2.4.4). */
    public static byte[] jpegWithRestarts(BufferedImage image, int blocks) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
        writer.dispose();
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(metadata.getNativeMetadataFormatName());
        IIOMetadataNode restarts = new IIOMetadataNode("dri");
        restarts.setAttribute("interval", String.valueOf(blocks));
        root.getElementsByTagName("markerSequence").item(0).appendChild(restarts);
        metadata.setFromTree(metadata.getNativeMetadataFormatName(), root);
        return jpeg(new IIOImage(image, null, metadata), false);
    }

    private static byte[] jpeg(IIOImage image, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(0.95f);
            param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(out);
            writer.write(null, image, param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** A JPEG file with one more segment, directly after SOI. */
    public static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
        byte[] head = {
            jpeg[0], jpeg[1], (byte) 0xff, (byte) marker, (byte) (data.length + 2 >> 8), (byte) (data.length + 2)
        };
        return joined(head, data, Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    /** A JPEG file with an Exif orientation, 1 to 8. */
    public static byte[] turned(byte[] jpeg, int orientation) {
        return withSegment(jpeg, 0xe1, joined("Exif\0\0".getBytes(ISO_8859_1), exif(orientation)));
    }

    /** Exif data with the orientation only. */
    public static byte[] exif(int orientation) {
        return new byte[] {
            'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) orientation, 0, 0, 0, 0, 0, 0
        };
    }

    public static byte[] withProfile(byte[] jpeg, byte[] profile) {
        return withSegment(jpeg, 0xe2, joined("ICC_PROFILE\0\1\1".getBytes(ISO_8859_1), profile));
    }

    /** A JPEG file with an Adobe APP14 segment: transform 0 for untransformed colours, 1 for YCbCr, 2 for YCCK. */
    public static byte[] adobe(byte[] jpeg, int transform) {
        return withSegment(
                jpeg, 0xee, joined("Adobe\0".getBytes(ISO_8859_1), new byte[] {100, 0, 0, 0, 0, (byte) transform}));
    }

    /** A PNG file of chunks. */
    public static byte[] png(byte[]... chunks) {
        return joined(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}, joined(chunks));
    }

    public static byte[] header(int width, int height, int bitDepth, int colourType, boolean interlaced) {
        ByteBuffer data = ByteBuffer.allocate(13).putInt(width).putInt(height);
        data.put((byte) bitDepth)
                .put((byte) colourType)
                .put((byte) 0)
                .put((byte) 0)
                .put((byte) (interlaced ? 1 : 0));
        return chunk("IHDR", data.array());
    }

    public static byte[] chunk(String name, byte[] data) {
        byte[] named = joined(name.getBytes(ISO_8859_1), data);
        CRC32 crc = new CRC32();
        crc.update(named);
        return joined(number(data.length), named, number((int) crc.getValue()));
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    public static byte[] deflated(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(9))) {
            deflater.write(bytes);
        }
        return out.toByteArray();
    }

    public static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
