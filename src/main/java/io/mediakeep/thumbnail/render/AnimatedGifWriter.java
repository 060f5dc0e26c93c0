package io.mediakeep.thumbnail.render;

import io.mediakeep.thumbnail.image.ImageCodecs;
import io.mediakeep.thumbnail.image.PixelFormat;
import io.mediakeep.thumbnail.image.RowConsumer;
import io.mediakeep.thumbnail.image.gif.GifImage;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.OptionalInt;
import java.util.function.Supplier;
import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encodes an animated GIF frame by frame, each frame reduced by a resampler and with a palette of its own. */
public final class AnimatedGifWriter implements GifImage.Frames, AutoCloseable {
    private static final String FORMAT = "javax_imageio_gif_image_1.0";
    private static final int ALPHA_THRESHOLD = 128;

    private final ImageWriter writer;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes);
    private final Supplier<Resampler> resamplers;
    private final OptionalInt loops;
    private Resampler current;
    private boolean first = true;

    /**
     * A writer without frames.
     *
     * @param resamplers creates the resampler of each frame
     * @param loops how often the animation is repeated, 0 for endlessly (the NETSCAPE2.0 extension)
     */
    public AnimatedGifWriter(Supplier<Resampler> resamplers, OptionalInt loops) throws IOException {
        this.writer = ImageCodecs.writer("gif");
        this.resamplers = resamplers;
        this.current = resamplers.get();
        this.loops = loops;
        writer.setOutput(out);
        writer.prepareWriteSequence(null);
    }

    @Override
    public RowConsumer begin() {
        current = resamplers.get();
        return current;
    }

    @Override
    public void end(int delay) throws IOException {
        Pixels pixels = current.result().orElseThrow(() -> new IOException("rows are missing"));
        BufferedImage frame = indexed(pixels);
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(frame), null);
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        root.appendChild(control((IndexColorModel) frame.getColorModel(), delay));
        if (first && loops.isPresent()) {
            root.appendChild(looping(loops.getAsInt()));
        }
        first = false;
        metadata.setFromTree(FORMAT, root);
        writer.writeToSequence(new IIOImage(frame, null, metadata), null);
    }

    /**
     * The JDK's GIF writer computes a palette only for single images, so the frame is encoded as one and decoded again.
     */
    private static BufferedImage indexed(Pixels pixels) throws IOException {
        byte[] all = pixels.bytes();
        for (int i = PixelFormat.RGBA.bytes() - 1; i < all.length; i += PixelFormat.RGBA.bytes()) {
            all[i] = (byte) ((all[i] & 0xff) < ALPHA_THRESHOLD ? 0 : 255);
        }
        return ImageEncoder.toIndexed(pixels.image());
    }

    private static IIOMetadataNode control(IndexColorModel colours, int delay) {
        int transparent = colours.getTransparentPixel();
        IIOMetadataNode control = new IIOMetadataNode("GraphicControlExtension");
        control.setAttribute("disposalMethod", transparent < 0 ? "none" : "restoreToBackgroundColor");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", transparent < 0 ? "FALSE" : "TRUE");
        control.setAttribute("transparentColorIndex", String.valueOf(Math.max(0, transparent)));
        control.setAttribute("delayTime", String.valueOf(delay));
        return control;
    }

    private static IIOMetadataNode looping(int loops) {
        IIOMetadataNode netscape = new IIOMetadataNode("ApplicationExtension");
        netscape.setAttribute("applicationID", "NETSCAPE");
        netscape.setAttribute("authenticationCode", "2.0");
        netscape.setUserObject(new byte[] {1, (byte) loops, (byte) (loops >> 8)});
        IIOMetadataNode extensions = new IIOMetadataNode("ApplicationExtensions");
        extensions.appendChild(netscape);
        return extensions;
    }

    /** The file, once all frames have ended. */
    public byte[] file() throws IOException {
        writer.endWriteSequence();
        out.close();
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        writer.dispose();
    }
}
