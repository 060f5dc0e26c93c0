package io.mediakeep.thumbnail;

import com.twelvemonkeys.imageio.plugins.bmp.ICOImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * What the first bytes of a picture tell of it; no pixel is looked at. The bytes alone decide what it is.
 *
 * @param contentType such as {@code image/png}
 * @param width in pixels, as stored
 * @param height in pixels, as stored
 */
public record PictureHeader(String contentType, int width, int height) {
    private static final Map<ImageReaderSpi, String> READERS = readers();

    /** The header, unless these bytes are the beginning of no picture that we know, or of a broken one. */
    public static Optional<PictureHeader> of(byte[] beginning) {
        for (Map.Entry<ImageReaderSpi, String> reader : READERS.entrySet()) {
            try (ImageInputStream bytes = new MemoryCacheImageInputStream(new ByteArrayInputStream(beginning))) {
                if (reader.getKey().canDecodeInput(bytes)) {
                    return Optional.of(read(reader.getKey().createReaderInstance(), reader.getValue(), bytes))
                            .filter(header -> header.width > 0 && header.height > 0);
                }
            } catch (IOException | RuntimeException broken) { // readers have many ways of saying so
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static PictureHeader read(ImageReader reader, String contentType, ImageInputStream bytes)
            throws IOException {
        try {
            reader.setInput(bytes, true, true);
            return new PictureHeader(contentType, reader.getWidth(0), reader.getHeight(0));
        } finally {
            reader.dispose();
        }
    }

    /** The platform's own, and two that it lacks; a container's registry knows nothing of those in our WAR. */
    private static Map<ImageReaderSpi, String> readers() {
        Map<ImageReaderSpi, String> readers = new LinkedHashMap<>();
        for (String format : new String[] {"jpeg", "png", "gif", "bmp"}) {
            readers.put(ImageIO.getImageReadersByFormatName(format).next().getOriginatingProvider(), "image/" + format);
        }
        readers.put(new WebPImageReaderSpi(), "image/webp");
        readers.put(new ICOImageReaderSpi(), "image/x-icon");
        return readers;
    }
}
