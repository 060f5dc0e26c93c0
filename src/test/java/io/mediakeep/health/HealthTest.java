package io.mediakeep.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final Health health = new Health();

    private void add(String name, boolean required, boolean ok, Duration age) {
        health.add(new HealthCheck(name, required, () -> HealthState.periodic(ok, age, "good", "bad")));
    }

    @Test
    void aServerWithWorkingComponentsIsReadyUntilItStops() {
        add("database", true, true, Duration.ofSeconds(5));
        assertThat(health.report().ready()).isTrue();
        assertThat(health.report().parts().get("database"))
                .isEqualTo(new HealthState(true, Duration.ofSeconds(5), "good"));
        health.stopping();
        assertThat(health.report().ready()).isFalse();
        assertThat(health.report().parts().get("server").ok()).isFalse();
    }

    @Test
    void onlyARequiredComponentMakesItNotReady() {
        add("disk_space", false, false, Duration.ZERO);
        assertThat(health.report().ready()).isTrue();
        assertThat(health.report().parts().get("disk_space").message()).isEqualTo("bad");
        add("database", true, false, Duration.ZERO);
        assertThat(health.report().ready()).isFalse();
    }

    @Test
    void aCheckWithoutAResultForHalfAMinuteFails() {
        add("blob_store", true, true, Duration.ofSeconds(31));
        assertThat(health.report().ready()).isFalse();
        assertThat(health.report().parts().get("blob_store").message()).contains("did not respond");
    }
}
