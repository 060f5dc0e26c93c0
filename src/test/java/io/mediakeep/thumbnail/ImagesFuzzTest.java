package io.mediakeep.thumbnail;

import static io.mediakeep.thumbnail.RendererFixture.animated;
import static io.mediakeep.thumbnail.RendererFixture.crop;
import static io.mediakeep.thumbnail.RendererFixture.scale;
import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.fuzz.Field;
import io.mediakeep.fuzz.FuzzContract;
import io.mediakeep.fuzz.Limits;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.thumbnail.image.ImageHeader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** Images of all formats: their headers, as previews parse them, and their rendering. */
class ImagesFuzzTest extends FuzzContract {
    /**
     * The memory for rendering with a heap of 256 MiB; the numbers of pixels are such that garbage does not exceed it
     * either.
     */
    private static final long BUDGET = 96 << 20;

    private static final int SMALL = 20_000;
    private static final long MAX_PIXELS = 1_000_000;
    private static final Duration MAX_TIME = Duration.ofSeconds(5);

    private final ThumbnailRenderer renderer = new ThumbnailRenderer(
            new ThumbnailSettings(List.of(32, 96, 320), 1, MAX_PIXELS, 1 << 20, 1), new MemoryBudget(BUDGET), MAX_TIME);

    ImagesFuzzTest() {
        super(4000, new Limits(BUDGET, MAX_TIME.plusSeconds(1)));
    }

    @AfterEach
    void close() {
        renderer.close();
    }

    @Override
    protected List<byte[]> corpus() throws IOException {
        return files("images");
    }

    @Override
    protected List<Field> fields(byte[] input) {
        return ImageFileFields.of(input);
    }

    @Override
    protected void take(byte[] input) throws Exception {
        ImageHeader.of(input);
        // a hundred frames make a hundred times the garbage, though little memory is held
        ThumbnailSpec some = input.length < SMALL ? animated(32, 32) : scale(96, 96);
        ThumbnailSpec[] specs = {scale(32, 32), crop(96, 32), some, scale(320, 320)};
        try {
            renderer.renderNow(InMemoryContent.of(input), specs[input.length % specs.length]);
        } catch (MatrixException exception) {
            assertThat(exception.status()).isIn(400, 413);
        }
    }
}
