package io.mediakeep.thumbnail.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageInputStream;

/**
 * The decoded frames of an animated GIF whose frames all cover the canvas.
 *
 * @param delays in hundredths of a second
 * @param loops the repetitions of the NETSCAPE2.0 extension, -1 without one
 */
record DecodedGif(List<BufferedImage> frames, List<Integer> delays, int loops) {

    static DecodedGif of(byte[] file) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        List<BufferedImage> frames = new ArrayList<>();
        List<Integer> delays = new ArrayList<>();
        int loops = -1;
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file))) {
            reader.setInput(in);
            for (int i = 0; i < reader.getNumImages(true); i++) {
                frames.add(reader.read(i));
                IIOMetadataNode root =
                        (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
                IIOMetadataNode control = (IIOMetadataNode)
                        root.getElementsByTagName("GraphicControlExtension").item(0);
                delays.add(Integer.valueOf(control.getAttribute("delayTime")));
                if (root.getElementsByTagName("ApplicationExtension").item(0) instanceof IIOMetadataNode netscape) {
                    byte[] data = (byte[]) netscape.getUserObject();
                    loops = data[1] & 0xff | (data[2] & 0xff) << 8;
                }
            }
        } finally {
            reader.dispose();
        }
        return new DecodedGif(frames, delays, loops);
    }
}
