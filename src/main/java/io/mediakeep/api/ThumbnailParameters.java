package io.mediakeep.api;

import io.mediakeep.matrix.MatrixException;
import io.mediakeep.thumbnail.ThumbnailSizes;
import io.mediakeep.thumbnail.ThumbnailSpec;
import io.mediakeep.thumbnail.ThumbnailSpec.Method;

/** The parameters of a thumbnail ({@code width}, {@code height}, {@code method}, {@code animated}). */
public final class ThumbnailParameters {
    private final ThumbnailSizes sizes;

    /** Parameters for these sizes. */
    public ThumbnailParameters(ThumbnailSizes sizes) {
        this.sizes = sizes;
    }

    /** The thumbnail that is rendered for these parameters. */
    public ThumbnailSpec spec(Parameters parameters) {
        return sizes.enlarged(
                parameters.atLeastOne("width"),
                parameters.atLeastOne("height"),
                method(parameters),
                parameters.flag("animated", false));
    }

    private static Method method(Parameters parameters) {
        return switch (parameters.text("method").orElse("scale")) {
            case "scale" -> Method.SCALE;
            case "crop" -> Method.CROP;
            default -> throw MatrixException.invalidParam("method", "'scale' or 'crop'");
        };
    }
}
