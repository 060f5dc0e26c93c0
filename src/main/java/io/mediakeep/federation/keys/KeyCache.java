package io.mediakeep.federation.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.outbound.Site;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A cache of keys. Any number of server names can be created below one domain, so each site has only a share; and keys
 * are cached apart until a signature was verified with them, so that keys of merely mentioned names displace none that
 * are in use.
 */
final class KeyCache {
    static final int MAX_USED = 10_000;
    static final int MAX_UNUSED = 1_000;
    static final int MAX_OF_SITE = 200;

    private final Cache<String, Map<ServerName, CachedKeys>> used = Caffeine.newBuilder()
            .maximumWeight(MAX_USED)
            .weigher((String site, Map<ServerName, CachedKeys> keys) -> keys.size())
            .build();
    private final Cache<ServerName, CachedKeys> unused =
            Caffeine.newBuilder().maximumSize(MAX_UNUSED).build();

    /** The cached keys of a homeserver, valid or not. */
    Optional<CachedKeys> find(ServerName server) {
        CachedKeys found = inUse(server).get(server);
        return Optional.ofNullable(found == null ? unused.getIfPresent(server) : found);
    }

    /** Caches keys in place of older ones. */
    void put(CachedKeys keys) {
        if (inUse(keys.server()).containsKey(keys.server())) {
            putUsed(keys);
        } else {
            unused.put(keys.server(), keys);
        }
    }

    /** Records that a signature was verified with the keys of a homeserver. */
    void verified(ServerName server) {
        CachedKeys keys = unused.asMap().remove(server);
        if (keys != null) {
            putUsed(keys);
        }
    }

    private Map<ServerName, CachedKeys> inUse(ServerName server) {
        return Optional.ofNullable(used.getIfPresent(site(server))).orElse(Map.of());
    }

    private void putUsed(CachedKeys keys) {
        used.asMap().compute(site(keys.server()), (site, before) -> {
            Map<ServerName, CachedKeys> after = before == null ? new LinkedHashMap<>() : new LinkedHashMap<>(before);
            after.remove(keys.server());
            if (after.size() >= MAX_OF_SITE) {
                after.remove(after.keySet().iterator().next()); // the one that was fetched first
            }
            after.put(keys.server(), keys);
            return after;
        });
    }

    private static String site(ServerName server) {
        return Site.of(server.host());
    }
}
