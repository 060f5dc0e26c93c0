package io.mediakeep.media;

import io.mediakeep.matrix.MatrixException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which content types may be uploaded. Only the type counts, in lower case and without parameters. */
final class TypePolicy {
    private final List<Predicate<String>> allowed;
    private final List<Predicate<String>> denied;

    TypePolicy(UploadSettings settings) {
        this.allowed = globs(settings.allowedTypes());
        this.denied = globs(settings.deniedTypes());
    }

    /** Refuses with 403 {@code M_FORBIDDEN} what may not be uploaded. */
    void check(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        boolean permitted = allowed.isEmpty() || allowed.stream().anyMatch(glob -> glob.test(type));
        if (!permitted || denied.stream().anyMatch(glob -> glob.test(type))) {
            throw MatrixException.forbidden("Files of this type cannot be uploaded here");
        }
    }

    private static List<Predicate<String>> globs(List<String> globs) {
        return globs.stream().map(TypePolicy::glob).toList();
    }

    /** {@code *} stands for any characters, everything else for itself. */
    private static Predicate<String> glob(String glob) {
        String pattern = Arrays.stream(glob.toLowerCase(Locale.ROOT).split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
        return Pattern.compile(pattern, Pattern.DOTALL).asMatchPredicate();
    }
}
