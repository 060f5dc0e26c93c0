package io.mediakeep.admin;

import io.mediakeep.blob.BlobId;
import io.mediakeep.matrix.MatrixException;
import io.mediakeep.media.quarantine.RestrictedHash;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Blocked hashes as text: one SHA-256 a line in hexadecimal digits, and after a space the reason, if there is one. Empty
 * lines and those that begin with {@code #} are ignored.
 */
public final class HashList {
    /** More lines are not parsed or written at once. */
    public static final int MAX_LINES = 10_000;

    private HashList() {}

    /**
     * The hashes and reasons in a text.
     *
     * @throws MatrixException 400 when a line has no hash or too long a reason, or there are too many lines
     */
    public static Map<BlobId, Optional<String>> parse(String text) {
        List<String> lines = text.lines().limit(MAX_LINES + 1L).toList();
        if (lines.size() > MAX_LINES) {
            throw MatrixException.badRequest("More than " + MAX_LINES + " lines; send them in parts");
        }
        Map<BlobId, Optional<String>> reasons = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                addLine(reasons, line, i + 1);
            }
        }
        return reasons;
    }

    private static void addLine(Map<BlobId, Optional<String>> reasons, String line, int number) {
        String[] parts = line.split("\\s+", 2);
        Optional<String> reason = parts.length == 1 ? Optional.empty() : Optional.of(parts[1]);
        if (reason.filter(HashList::isInvalidReason).isPresent()) {
            throw MatrixException.badRequest("Line " + number + " has an invalid or too long reason");
        }
        try {
            reasons.put(new BlobId(parts[0].toLowerCase(Locale.ROOT)), reason);
        } catch (IllegalArgumentException malformed) {
            throw MatrixException.badRequest("Line " + number + " does not begin with a SHA-256 in hexadecimal digits");
        }
    }

    /** Whether a reason is too long, or has control characters. */
    public static boolean isInvalidReason(String reason) {
        return reason.length() > RestrictedHash.MAX_REASON_LENGTH
                || reason.chars().anyMatch(Character::isISOControl);
    }

    /** The text of these hashes. */
    public static String format(List<RestrictedHash> hashes) {
        return hashes.stream()
                .map(hash ->
                        hash.id() + hash.reason().map(reason -> " " + reason).orElse("") + "\n")
                .collect(Collectors.joining());
    }
}
