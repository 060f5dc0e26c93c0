package io.mediakeep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CountsTest {
    @Test
    void eachKindHasACountByItsName() {
        Counts<TimeUnit> counts = new Counts<>(TimeUnit.class);
        counts.increment(TimeUnit.DAYS);
        counts.increment(TimeUnit.DAYS);
        assertThat(counts.byName()).hasSize(TimeUnit.values().length);
        assertThat(counts.byName().get("days").getAsLong()).isEqualTo(2);
        assertThat(counts.byName().get("hours").getAsLong()).isZero();
    }

    @Test
    void hitsAndMissesOfACacheAreCounted() {
        CacheCounts counts = new CacheCounts();
        counts.count(true);
        counts.count(true);
        counts.count(false);
        assertThat(counts.hits()).isEqualTo(2);
        assertThat(counts.misses()).isEqualTo(1);
    }
}
