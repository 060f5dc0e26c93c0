package io.mediakeep.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.mediakeep.matrix.MatrixException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import javax.imageio.ImageIO;

/** Draws thumbnails for a test, and looks at them. */
final class Easel implements AutoCloseable {
    private final Painter painter;

    Easel() {
        this(ThumbnailSettings.DEFAULTS);
    }

    Easel(ThumbnailSettings settings) {
        this.painter = new Painter(settings);
    }

    /** @param budget of memory, in bytes */
    Easel(ThumbnailSettings settings, long budget, Duration mostTime) {
        this.painter = new Painter(settings, new MemoryBudget(budget), mostTime);
    }

    static ThumbnailSpec scale(int width, int height) {
        return new ThumbnailSpec(width, height, ThumbnailSpec.Method.SCALE, false);
    }

    static ThumbnailSpec crop(int width, int height) {
        return new ThumbnailSpec(width, height, ThumbnailSpec.Method.CROP, false);
    }

    static ThumbnailSpec moving(int width, int height) {
        return new ThumbnailSpec(width, height, ThumbnailSpec.Method.SCALE, true);
    }

    Drawing draw(byte[] file, ThumbnailSpec spec) {
        return painter.draw(PictureFile.of(file), spec).join();
    }

    /** The thumbnail, which must have been drawn. */
    Drawing.Drawn drawn(byte[] file, ThumbnailSpec spec) {
        Drawing drawing = draw(file, spec);
        assertThat(drawing).isInstanceOf(Drawing.Drawn.class);
        return (Drawing.Drawn) drawing;
    }

    /** The pixels of the thumbnail, which must be of the size that it claims to have. */
    BufferedImage seen(byte[] file, ThumbnailSpec spec) throws IOException {
        return look(drawn(file, spec));
    }

    static BufferedImage look(Drawing.Drawn drawn) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(drawn.bytes()));
        assertThat(image.getWidth()).isEqualTo(drawn.width());
        assertThat(image.getHeight()).isEqualTo(drawn.height());
        return image;
    }

    /** The status with which a thumbnail is refused. */
    int refusal(byte[] file, ThumbnailSpec spec) {
        Throwable failure = catchThrowable(() -> draw(file, spec));
        assertThat(failure).isInstanceOf(CompletionException.class).hasCauseInstanceOf(MatrixException.class);
        return ((MatrixException) failure.getCause()).status();
    }

    @Override
    public void close() {
        painter.close();
    }
}
