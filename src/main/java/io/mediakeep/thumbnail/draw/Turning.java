package io.mediakeep.thumbnail.draw;

import io.mediakeep.thumbnail.picture.Orientation;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.util.List;
import org.imgscalr.Scalr;
import org.imgscalr.Scalr.Rotation;

/** Turns pictures upright. */
public final class Turning {
    private static final BufferedImageOp[] NOTHING_ELSE = {};

    private Turning() {}

    /** The picture as it is to be seen. */
    public static BufferedImage upright(BufferedImage picture, Orientation orientation) {
        BufferedImage turned = picture;
        for (Rotation step : steps(orientation)) {
            turned = Scalr.rotate(turned, step, NOTHING_ELSE);
        }
        return turned;
    }

    private static List<Rotation> steps(Orientation orientation) {
        return switch (orientation) {
            case UPRIGHT -> List.of();
            case MIRRORED -> List.of(Rotation.FLIP_HORZ);
            case UPSIDE_DOWN -> List.of(Rotation.CW_180);
            case UPSIDE_DOWN_MIRRORED -> List.of(Rotation.FLIP_VERT);
            case LYING_LEFT_MIRRORED -> List.of(Rotation.CW_90, Rotation.FLIP_HORZ);
            case LYING_LEFT -> List.of(Rotation.CW_90);
            case LYING_RIGHT_MIRRORED -> List.of(Rotation.CW_270, Rotation.FLIP_HORZ);
            case LYING_RIGHT -> List.of(Rotation.CW_270);
        };
    }
}
