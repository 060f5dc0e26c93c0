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
 * Checks that the blob of a thumbnail is intact: the size of its file each time, where that is cheap, and its hash at
 * intervals.
 */
final class ThumbnailIntegrity {
    private static final Logger log = LoggerFactory.getLogger(ThumbnailIntegrity.class);
    private static final int MAX_CACHED = 50_000;
    private static final Duration HASH_INTERVAL = Duration.ofMinutes(10);

    private final Cache<String, Boolean> hashed = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfterWrite(HASH_INTERVAL)
            .build();

    boolean isIntact(Content content) {
        try {
            return hasSize(content) && (hashed.getIfPresent(content.sha256()) != null || verifyHash(content));
        } catch (IOException failure) {
            log.warn("The blob {} of a thumbnail cannot be read: {}", content.sha256(), failure.getMessage());
            return false;
        }
    }

    private static boolean hasSize(Content content) throws IOException {
        Optional<Path> file = content.file();
        return file.isEmpty() || Files.size(file.get()) == content.size();
    }

    private boolean verifyHash(Content content) throws IOException {
        boolean intact = content.isIntact();
        if (intact) {
            hashed.put(content.sha256(), true);
        } else {
            log.warn("The blob {} of a thumbnail is damaged", content.sha256());
        }
        return intact;
    }
}
