package io.mediakeep.federation.signing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parses the file with the signing keys of a homeserver. No exception message contains its contents. */
final class KeyFile {
    private static final Logger log = LoggerFactory.getLogger(KeyFile.class);
    private static final int MAX_BYTES = 64 * 1024;

    /** {@code ed25519 a_abcd <seed>} */
    private static final Pattern LINE = Pattern.compile("(ed25519)\\s+(\\S+)\\s+(\\S+)");

    /** Headers, an empty line and a seed between two borders (RFC 1421 as Go writes it). */
    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN (?:MATRIX|MMR) PRIVATE KEY-----\\s*\\n((?:[\\w-]+:[^\\n]*\\n)*)([\\sA-Za-z0-9+/=]*)"
                    + "-----END (?:MATRIX|MMR) PRIVATE KEY-----\\s*");

    private static final Pattern KEY_ID = Pattern.compile("(?im)^Key-ID:\\s*(\\S+)\\s*$");
    private static final Pattern SPACE = Pattern.compile("\\s");

    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    private KeyFile() {}

    /**
     * All keys of the file, at least one.
     *
     * @throws IOException when there is no key, or anything else in it
     */
    static List<SigningKey> read(Path file) throws IOException {
        String text = text(file);
        try {
            List<SigningKey> keys = text.startsWith("-----BEGIN ") ? blocks(text) : lines(text);
            if (!keys.isEmpty()) {
                if (isAccessibleToOthers(file)) {
                    log.warn(
                            "{} contains a signing key: only its owner should have write access, and not all users read access",
                            file);
                }
                return keys;
            }
        } catch (IllegalArgumentException notAKey) {
            throw unreadable(file, notAKey);
        }
        throw unreadable(file, new IllegalArgumentException("no key"));
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8).strip();
        }
    }

    private static List<SigningKey> lines(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(KeyFile::line)
                .toList();
    }

    private static SigningKey line(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            throw new IllegalArgumentException("not a line with a key");
        }
        return new SigningKey(new KeyId(line.group(1) + ":" + line.group(2)), UnpaddedBase64.decode(line.group(3)));
    }

    private static List<SigningKey> blocks(String text) {
        List<SigningKey> keys = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        int end = 0;
        while (block.find() && block.start() == end) {
            keys.add(block(block.group(1), block.group(2)));
            end = block.end();
        }
        if (end < text.length()) {
            throw new IllegalArgumentException("not a block with a key");
        }
        return keys;
    }

    private static SigningKey block(String headers, String seed) {
        Matcher id = KEY_ID.matcher(headers);
        if (!id.find()) {
            throw new IllegalArgumentException("a key without a Key-ID");
        }
        return new SigningKey(
                new KeyId(id.group(1)),
                UnpaddedBase64.decode(SPACE.matcher(seed).replaceAll("")));
    }

    /**
     * Whether the file is readable by all users, or writable by others than its owner. A group may have read access.
     */
    static boolean isAccessibleToOthers(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class, new LinkOption[0]);
        return view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains);
    }

    private static IOException unreadable(Path file, IllegalArgumentException reason) {
        return new IOException(file + " does not contain signing keys: " + reason.getMessage());
    }
}
