package io.mediakeep.preview;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.Optional;

/** A preview as clients read it: one flat object in the words of Open Graph. */
final class PreviewJson {
    private static final JsonBuilderFactory FACTORY = Json.createBuilderFactory(Map.of());

    private PreviewJson() {}

    /** What was said in words, and the picture in our own media; without one there is no key about pictures at all. */
    static String of(Facts facts, Optional<KeptPicture> picture) {
        JsonObjectBuilder preview = FACTORY.createObjectBuilder();
        facts.texts().forEach(preview::add);
        picture.ifPresent(kept -> {
            preview.add("og:image", kept.mxc().toString())
                    .add("og:image:type", kept.contentType())
                    .add("og:image:width", kept.width())
                    .add("og:image:height", kept.height())
                    .add("matrix:image:size", kept.size());
            kept.description()
                    .ifPresent(words -> preview.add("og:image:alt", PlainText.line(words, Facts.LONGEST_DESCRIPTION)));
        });
        return preview.build().toString();
    }
}
