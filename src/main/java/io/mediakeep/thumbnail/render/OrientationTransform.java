package io.mediakeep.thumbnail.render;

import io.mediakeep.thumbnail.image.Orientation;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.util.List;
import org.imgscalr.Scalr;
import org.imgscalr.Scalr.Rotation;

/** Rotates and flips images upright. */
public final class OrientationTransform {
    private static final BufferedImageOp[] NO_FILTERS = {};

    private OrientationTransform() {}

    /** The image with its orientation applied. */
    public static BufferedImage upright(BufferedImage image, Orientation orientation) {
        BufferedImage oriented = image;
        for (Rotation step : steps(orientation)) {
            oriented = Scalr.rotate(oriented, step, NO_FILTERS);
        }
        return oriented;
    }

    private static List<Rotation> steps(Orientation orientation) {
        return switch (orientation) {
            case UPRIGHT -> List.of();
            case FLIPPED_HORIZONTALLY -> List.of(Rotation.FLIP_HORZ);
            case ROTATED_180 -> List.of(Rotation.CW_180);
            case FLIPPED_VERTICALLY -> List.of(Rotation.FLIP_VERT);
            case TRANSPOSED -> List.of(Rotation.CW_90, Rotation.FLIP_HORZ);
            case ROTATED_90 -> List.of(Rotation.CW_90);
            case TRANSVERSED -> List.of(Rotation.CW_270, Rotation.FLIP_HORZ);
            case ROTATED_270 -> List.of(Rotation.CW_270);
        };
    }
}
