package io.mediakeep.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import io.mediakeep.concurrent.FairPermits.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FairPermitsTest {
    private final FairPermits places = new FairPermits(8);

    @Test
    void aHolderIsLimitedToHalfOfThePermits() {
        assertThat(takenBy("a")).hasSize(4);
        assertThat(takenBy("b")).hasSize(2);
        assertThat(takenBy("c")).hasSize(1);
        assertThat(takenBy("d")).hasSize(1);
        assertThat(takenBy("e")).isEmpty();
    }

    @Test
    void aReleasedPermitIsAvailableToOthers() {
        List<Permit> taken = takenBy("a");
        assertThat(places.heldBy("a")).isEqualTo(4);
        taken.forEach(Permit::close);
        assertThat(places.heldBy("a")).isZero();
        assertThat(takenBy("b")).hasSize(4);
    }

    @Test
    void aPermitIsReleasedOnce() {
        List<Permit> taken = takenBy("a");
        for (int i = 0; i < 10; i++) {
            taken.get(0).close();
        }
        assertThat(places.heldBy("a")).isEqualTo(3);
        assertThat(takenBy("a")).hasSize(1);
    }

    private List<Permit> takenBy(String holder) {
        List<Permit> taken = new ArrayList<>();
        Optional<Permit> next = places.tryAcquire(holder);
        while (next.isPresent()) {
            taken.add(next.get());
            next = places.tryAcquire(holder);
        }
        return taken;
    }
}
