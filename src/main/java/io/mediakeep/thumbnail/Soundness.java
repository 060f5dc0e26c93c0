package io.mediakeep.thumbnail;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.media.content.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        boolean sound = content.isIntact();
        if (sound) {
            hashed.put(content.sha256(), true);
        } else {
            log.warn("The blob {} of a thumbnail is damaged", content.sha256());
        }
        return sound;
    }
}
