package io.mediakeep.api.admin;

import io.mediakeep.admin.removal.RemovalParameters;
import io.mediakeep.admin.search.MediaFilter;
import io.mediakeep.admin.search.MediaFilter.Field;
import io.mediakeep.api.Parameters;
import io.mediakeep.matrix.MatrixException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The parameters that select media. */
final class MediaFilterParameters {
    private static final Map<String, Boolean> FLAGS = Map.of("true", true, "false", false);
    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

    private MediaFilterParameters() {}

    /** The filter in the parameters of a request. */
    static MediaFilter filter(Parameters parameters) {
        MediaFilter filter = new MediaFilter();
        parameters.oneOf("kind", RemovalParameters.KINDS).ifPresent(filter::kind);
        parameters.text("origin").ifPresent(origin -> filter.equal(Field.ORIGIN, origin));
        parameters.text("uploader").ifPresent(uploader -> filter.equal(Field.UPLOADER, uploader));
        parameters.text("type").ifPresent(filter::type);
        parameters.text("hash").ifPresent(hash -> filter.equal(Field.HASH, checked(hash)));
        parameters.oneOf("quarantined", FLAGS).ifPresent(flag -> filter.equal(Field.QUARANTINED, flag));
        parameters.oneOf("protected", FLAGS).ifPresent(flag -> filter.equal(Field.PROTECTED, flag));
        range(parameters, filter, Field.SIZE, "size_from", "size_below");
        range(parameters, filter, Field.CREATED, "created_from_ts", "created_before_ts");
        range(parameters, filter, Field.LAST_ACCESS, "accessed_from_ts", "accessed_before_ts");
        return filter;
    }

    private static String checked(String hash) {
        if (!HASH.matcher(hash).matches()) {
            throw MatrixException.invalidParam("hash", "a SHA-256 of 64 hexadecimal digits");
        }
        return hash.toLowerCase(Locale.ROOT);
    }

    /** The lower bound is included, the upper one is not. */
    private static void range(Parameters parameters, MediaFilter filter, Field field, String from, String until) {
        if (parameters.text(from).isPresent()) {
            filter.atLeast(field, parameters.requiredNumber(from));
        }
        if (parameters.text(until).isPresent()) {
            filter.below(field, parameters.requiredNumber(until));
        }
    }
}
