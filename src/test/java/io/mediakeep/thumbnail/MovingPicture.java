package io.mediakeep.thumbnail;

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
 * What can be seen in a GIF file whose frames are all as large as it is.
 *
 * @param delays in hundredths of a second
 * @param loops how often it is played again, -1 when it does not say
 */
record MovingPicture(List<BufferedImage> frames, List<Integer> delays, int loops) {

    static MovingPicture of(byte[] file) throws IOException {
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
        return new MovingPicture(frames, delays, loops);
    }
}
