package io.mediakeep.thumbnail.picture;

import java.io.IOException;

/** Opens picture files. */
public final class Pictures {
    private Pictures() {}

    /**
     * Takes a file apart, without decoding a pixel.
     *
     * @param in which stays open while the picture is in use
     * @throws IOException when it is no picture of a kind that is read, when it is broken, or cannot be read
     */
    public static Picture open(ContentStream in) throws IOException {
        byte[] beginning = new byte[(int) Math.min(PictureFormat.TELLING_BYTES, in.length())];
        in.readFully(beginning);
        PictureFormat format =
                PictureFormat.of(beginning).orElseThrow(() -> new BrokenPictureException("not a known picture"));
        Picture picture = open(format, in);
        if (picture.width() < 1 || picture.height() < 1) {
            throw new BrokenPictureException("a picture without pixels");
        }
        return picture;
    }

    private static Picture open(PictureFormat format, ContentStream in) throws IOException {
        return switch (format) {
            case JPEG -> JpegPicture.open(in);
            case PNG -> PngPicture.open(in);
            case GIF -> GifPicture.open(in);
            case WEBP -> WebpPicture.open(in);
            case BMP -> BmpPicture.open(in);
        };
    }
}
