package io.mediakeep.thumbnail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.media.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the bytes of a thumbnail are still what was kept. They are read and hashed now and then; in between they are
 * only looked at, where that costs next to nothing.
 */
final class Soundness {
    private static final Logger log = LoggerFactory.getLogger(Soundness.class);
    private static final int MOST_REMEMBERED = 50_000;
    private static final Duration HASHED_EVERY = Duration.ofMinutes(10);

    private final Cache<String, Boolean> hashed = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(HASHED_EVERY)
            .build();

    boolean of(Content content) {
        try {
            return lookedAt(content) && (hashed.getIfPresent(content.sha256()) != null || read(content));
        } catch (IOException failure) {
            log.warn("The blob {} of a thumbnail cannot be read: {}", content.sha256(), failure.getMessage());
            return false;
        }
    }

    private static boolean lookedAt(Content content) throws IOException {
        Optional<Path> file = content.file();
        return file.isEmpty() || Files.size(file.get()) == content.size();
    }

    private boolean read(Content content) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream bytes = new DigestInputStream(opened(content), digest)) {
            bytes.transferTo(OutputStream.nullOutputStream());
        }
        boolean sound = HexFormat.of().formatHex(digest.digest()).equals(content.sha256());
        if (sound) {
            hashed.put(content.sha256(), true);
        } else {
            log.warn("The blob {} of a thumbnail is damaged", content.sha256());
        }
        return sound;
    }

    /** Past the content, to which bytes that are gone are the end of the matter. */
    private static InputStream opened(Content content) throws IOException {
        return content.store().open(content.blob(), 0, content.size());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
