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

/** A {@link ThumbnailRenderer} for tests, with assertions about its results. */
public final class RendererFixture implements AutoCloseable {
    private final ThumbnailRenderer renderer;

    public RendererFixture() {
        this(ThumbnailSettings.DEFAULTS);
    }

    public RendererFixture(ThumbnailSettings settings) {
        this.renderer = new ThumbnailRenderer(settings);
    }

    /** @param budget of memory, in bytes */
    public RendererFixture(ThumbnailSettings settings, long budget, Duration maxCpuTime) {
        this.renderer = new ThumbnailRenderer(settings, new MemoryBudget(budget), maxCpuTime);
    }

    public static ThumbnailSpec scale(int width, int height) {
        return new ThumbnailSpec(width, height, ThumbnailSpec.Method.SCALE, false);
    }

    public static ThumbnailSpec crop(int width, int height) {
        return new ThumbnailSpec(width, height, ThumbnailSpec.Method.CROP, false);
    }

    public static ThumbnailSpec animated(int width, int height) {
        return new ThumbnailSpec(width, height, ThumbnailSpec.Method.SCALE, true);
    }

    public RenderResult render(byte[] file, ThumbnailSpec spec) {
        return renderer.render(InMemoryContent.of(file), spec).join();
    }

    /** The thumbnail; fails when the original is used as it is. */
    public RenderResult.Rendered rendered(byte[] file, ThumbnailSpec spec) {
        RenderResult result = render(file, spec);
        assertThat(result).isInstanceOf(RenderResult.Rendered.class);
        return (RenderResult.Rendered) result;
    }

    /** The decoded thumbnail; fails unless its size is the declared one. */
    public BufferedImage image(byte[] file, ThumbnailSpec spec) throws IOException {
        return decode(rendered(file, spec));
    }

    public static BufferedImage decode(RenderResult.Rendered result) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(result.bytes()));
        assertThat(image.getWidth()).isEqualTo(result.width());
        assertThat(image.getHeight()).isEqualTo(result.height());
        return image;
    }

    /** The HTTP status of the exception that rejects the image. */
    public int rejectionStatus(byte[] file, ThumbnailSpec spec) {
        Throwable failure = catchThrowable(() -> render(file, spec));
        assertThat(failure).isInstanceOf(CompletionException.class).hasCauseInstanceOf(MatrixException.class);
        return ((MatrixException) failure.getCause()).status();
    }

    @Override
    public void close() {
        renderer.close();
    }
}
