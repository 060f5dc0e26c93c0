package io.mediakeep.thumbnail.render;

import com.pngencoder.PngEncoder;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.mediakeep.thumbnail.image.ImageCodecs;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.plugins.jpeg.JPEGImageWriteParam;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes images as files without metadata. */
public final class ImageEncoder {
    private static final float JPEG_QUALITY = 0.82f;

    /** The default level of zlib; lower levels make images with few colours much larger. */
    private static final int PNG_COMPRESSION = 6;

    private ImageEncoder() {}

    /** The image as JPEG. */
    public static byte[] jpeg(BufferedImage image) throws IOException {
        JPEGImageWriteParam param = new JPEGImageWriteParam(null);
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(JPEG_QUALITY);
        param.setOptimizeHuffmanTables(true);
        return write("jpeg", image, param);
    }

    /** The image as PNG, with an adaptive filter for each row. */
    public static byte[] png(BufferedImage image) {
        return new PngEncoder()
                .withBufferedImage(image)
                .withPredictorEncoding(true)
                .withCompressionLevel(PNG_COMPRESSION)
                .withMultiThreadedCompressionEnabled(false) // its threads would never be stopped
                .toBytes();
    }

    /** The image with an indexed palette, by encoding it as GIF and decoding it. */
    static BufferedImage toIndexed(BufferedImage image) throws IOException {
        byte[] gif = write("gif", image, new ImageWriteParam(null));
        ImageReader reader = ImageCodecs.reader("gif");
        try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(gif)) {
            reader.setInput(in, true, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    private static byte[] write(String format, BufferedImage image, ImageWriteParam param) throws IOException {
        ImageWriter writer = ImageCodecs.writer(format);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
