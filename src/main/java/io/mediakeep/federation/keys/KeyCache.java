package io.mediakeep.federation.keys;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mediakeep.matrix.ServerName;
import io.mediakeep.outbound.Site;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The keys that are remembered. Anybody can have as many homeservers as he likes below one name, so a site has only a
 * share; and keys are kept apart until a signature has proved them useful, so that those of names that were only
 * mentioned displace none that are in use.
 */
final class KeyCache {
    static final int MOST = 10_000;
    static final int MOST_UNUSED = 1_000;
    static final int MOST_OF_SITE = 200;

    private final Cache<String, Map<ServerName, CachedKeys>> used = Caffeine.newBuilder()
            .maximumWeight(MOST)
            .weigher((String site, Map<ServerName, CachedKeys> keys) -> keys.size())
            .build();
    private final Cache<ServerName, CachedKeys> unused =
            Caffeine.newBuilder().maximumSize(MOST_UNUSED).build();

    /** What is remembered of a homeserver, whether it still holds or not. */
    Optional<CachedKeys> find(ServerName server) {
        CachedKeys found = inUse(server).get(server);
        return Optional.ofNullable(found == null ? unused.getIfPresent(server) : found);
    }

    /** Remembers keys in the place of those before them. */
    void put(CachedKeys keys) {
        if (inUse(keys.server()).containsKey(keys.server())) {
            keep(keys);
        } else {
            unused.put(keys.server(), keys);
        }
    }

    /** Notes that a signature was one of this homeserver's. */
    void proved(ServerName server) {
        CachedKeys keys = unused.asMap().remove(server);
        if (keys != null) {
            keep(keys);
        }
    }

    private Map<ServerName, CachedKeys> inUse(ServerName server) {
        return Optional.ofNullable(used.getIfPresent(site(server))).orElse(Map.of());
    }

    private void keep(CachedKeys keys) {
        used.asMap().compute(site(keys.server()), (site, before) -> {
            Map<ServerName, CachedKeys> after = before == null ? new LinkedHashMap<>() : new LinkedHashMap<>(before);
            after.remove(keys.server());
            if (after.size() >= MOST_OF_SITE) {
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
