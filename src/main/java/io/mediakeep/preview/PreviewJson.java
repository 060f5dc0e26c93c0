package io.mediakeep.preview;

import io.mediakeep.preview.page.PlainText;
import io.mediakeep.preview.page.PreviewMetadata;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.Optional;

/** A preview as JSON: one flat object with Open Graph keys. */
final class PreviewJson {
    private static final JsonBuilderFactory FACTORY = Json.createBuilderFactory(Map.of());

    private PreviewJson() {}

    /** The metadata and the image; without an image there are no keys about one. */
    static String of(PreviewMetadata metadata, Optional<PreviewImage> image) {
        JsonObjectBuilder preview = FACTORY.createObjectBuilder();
        metadata.texts().forEach(preview::add);
        image.ifPresent(stored -> {
            preview.add("og:image", stored.mxc().toString())
                    .add("og:image:type", stored.contentType())
                    .add("og:image:width", stored.width())
                    .add("og:image:height", stored.height())
                    .add("matrix:image:size", stored.size());
            stored.description()
                    .ifPresent(words ->
                            preview.add("og:image:alt", PlainText.line(words, PreviewMetadata.MAX_DESCRIPTION)));
        });
        return preview.build().toString();
    }
}
