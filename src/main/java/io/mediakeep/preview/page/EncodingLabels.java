package io.mediakeep.preview.page;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The labels of character encodings (WHATWG Encoding Standard, section 4.2). */
final class EncodingLabels {
    private static final Map<String, Charset> CHARSETS = read();

    private EncodingLabels() {}

    /** The charset with this label, if there is one. */
    static Optional<Charset> find(String label) {
        return Optional.ofNullable(CHARSETS.get(label.strip().toLowerCase(Locale.ROOT)));
    }

    /** A Java platform may lack rare charsets; their labels are then unknown. */
    private static Map<String, Charset> read() {
        Map<String, Charset> charsets = new HashMap<>();
        for (String line : ResourceTable.lines("encodings.txt")) {
            String[] parts = line.split(": ", 2);
            if (Charset.isSupported(parts[0])) {
                Charset charset = Charset.forName(parts[0]);
                Arrays.stream(parts[1].split(" ", -1)).forEach(label -> charsets.put(label, charset));
            }
        }
        return Map.copyOf(charsets);
    }
}
