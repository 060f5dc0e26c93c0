package io.mediakeep.thumbnail.draw;

import com.pngencoder.PngEncoder;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import io.mediakeep.thumbnail.picture.Codecs;
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

/** Writes pictures as files, without any metadata. */
public final class Encoder {
    private static final float JPEG_QUALITY = 0.82f;

    /** What zlib chooses by itself; less makes plain drawings much larger. */
    private static final int PNG_COMPRESSION = 6;

    private Encoder() {}

    /** The picture as JPEG. */
    public static byte[] jpeg(BufferedImage picture) throws IOException {
        JPEGImageWriteParam param = new JPEGImageWriteParam(null);
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(JPEG_QUALITY);
        param.setOptimizeHuffmanTables(true);
        return write("jpeg", picture, param);
    }

    /** The picture as PNG, each row filtered in the way that seems to suit it best. */
    public static byte[] png(BufferedImage picture) {
        return new PngEncoder()
                .withBufferedImage(picture)
                .withPredictorEncoding(true)
                .withCompressionLevel(PNG_COMPRESSION)
                .withMultiThreadedCompressionEnabled(false) // those threads would be nobody's, and never end
                .toBytes();
    }

    /** The picture with the palette that it has as a GIF. */
    static BufferedImage throughGif(BufferedImage picture) throws IOException {
        byte[] gif = write("gif", picture, new ImageWriteParam(null));
        ImageReader reader = Codecs.reader("gif");
        try (ByteArrayImageInputStream in = new ByteArrayImageInputStream(gif)) {
            reader.setInput(in, true, true);
            return reader.read(0);
        } finally {
            reader.dispose();
        }
    }

    private static byte[] write(String format, BufferedImage picture, ImageWriteParam param) throws IOException {
        ImageWriter writer = Codecs.writer(format);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
