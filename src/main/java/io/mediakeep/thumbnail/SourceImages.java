package io.mediakeep.thumbnail;

import io.mediakeep.thumbnail.image.BmpImage;
import io.mediakeep.thumbnail.image.ContentImageStream;
import io.mediakeep.thumbnail.image.CorruptImageException;
import io.mediakeep.thumbnail.image.ImageFormat;
import io.mediakeep.thumbnail.image.SourceImage;
import io.mediakeep.thumbnail.image.gif.GifImage;
import io.mediakeep.thumbnail.image.jpeg.JpegImage;
import io.mediakeep.thumbnail.image.png.PngImage;
import io.mediakeep.thumbnail.image.webp.WebpImage;
import java.io.IOException;
import java.util.Optional;

/** Opens image files. */
public final class SourceImages {
    private SourceImages() {}

    /**
     * Parses the header of a file, without decoding a pixel.
     *
     * @param in stays open while the image is in use
     * @throws IOException when the format is not supported, or the file is corrupt or cannot be read
     */
    public static SourceImage open(ContentImageStream in) throws IOException {
        ImageFormat format = format(in).orElseThrow(() -> new CorruptImageException("not a known image"));
        SourceImage image = open(format, in);
        if (image.width() < 1 || image.height() < 1) {
            throw new CorruptImageException("an image without pixels");
        }
        return image;
    }

    /** The format of a file, by its first bytes; empty when it is not supported. */
    static Optional<ImageFormat> format(ContentImageStream in) throws IOException {
        in.seek(0);
        byte[] beginning = new byte[(int) Math.min(ImageFormat.SIGNATURE_BYTES, in.length())];
        in.readFully(beginning);
        return ImageFormat.of(beginning);
    }

    private static SourceImage open(ImageFormat format, ContentImageStream in) throws IOException {
        return switch (format) {
            case JPEG -> JpegImage.open(in);
            case PNG -> PngImage.open(in);
            case GIF -> GifImage.open(in);
            case WEBP -> WebpImage.open(in);
            case BMP -> BmpImage.open(in);
        };
    }
}
