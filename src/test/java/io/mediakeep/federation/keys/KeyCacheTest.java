package io.mediakeep.federation.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.matrix.ServerName;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeyCacheTest {
    private static final ServerName HONEST = new ServerName("honest.example");

    private final KeyCache cache = new KeyCache();

    @Test
    void keysInUseAreNotEvictedByUnverifiedNames() {
        use(HONEST);
        for (int i = 0; i < 2 * KeyCache.MAX_USED; i++) {
            cache.put(keys("mentioned" + i + ".invalid", Instant.EPOCH));
        }
        assertThat(cache.find(HONEST)).isPresent();
    }

    @Test
    void keysInUseAreNotEvictedByManyNamesOfASite() {
        use(HONEST);
        for (int i = 0; i < 2 * KeyCache.MAX_USED; i++) {
            use(new ServerName("invented" + i + ".evil.example"));
        }
        assertThat(cache.find(HONEST)).isPresent();
        assertThat(IntStream.range(0, 2 * KeyCache.MAX_USED)
                        .mapToObj(i -> new ServerName("invented" + i + ".evil.example"))
                        .filter(name -> cache.find(name).isPresent()))
                .hasSizeLessThanOrEqualTo(KeyCache.MAX_OF_SITE);
    }

    @Test
    void newerKeysReplaceOlderOnesUsedOrNot() {
        for (int round = 0; round < 2; round++) {
            cache.put(keys("honest.example", Instant.EPOCH));
            cache.put(keys("honest.example", Instant.EPOCH.plusSeconds(1)));
            assertThat(cache.find(HONEST)).map(CachedKeys::since).contains(Instant.EPOCH.plusSeconds(1));
            cache.verified(HONEST);
        }
        assertThat(cache.find(HONEST)).map(CachedKeys::since).contains(Instant.EPOCH.plusSeconds(1));
    }

    @Test
    void unknownKeysCannotBeMarkedVerified() {
        cache.verified(HONEST);
        assertThat(cache.find(HONEST)).isEmpty();
    }

    private void use(ServerName server) {
        cache.put(keys(server.value(), Instant.EPOCH));
        cache.verified(server);
    }

    private static CachedKeys keys(String server, Instant since) {
        return new CachedKeys(new ServerName(server), Map.of(), since, since);
    }
}
