package io.mediakeep.federation.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ServiceTargetTest {
    private final Random random = new Random(42);

    @Test
    void lowerPrioritiesPrecedeWhateverTheWeights() {
        ServiceTarget first = new ServiceTarget(1, 0, "a", 1);
        ServiceTarget second = new ServiceTarget(2, 65535, "b", 1);
        ServiceTarget third = new ServiceTarget(10, 65535, "c", 1);
        for (int run = 0; run < 100; run++) {
            assertThat(ServiceTarget.inOrder(List.of(third, second, first), random))
                    .containsExactly(first, second, third);
        }
    }

    @Test
    void withinAPriorityTheWeightIsTheProbabilityOfBeingFirst() {
        ServiceTarget light = new ServiceTarget(1, 25, "light", 1);
        ServiceTarget heavy = new ServiceTarget(1, 75, "heavy", 1);
        int runs = 10_000;
        int heavyFirst = 0;
        for (int run = 0; run < runs; run++) {
            List<ServiceTarget> ordered = ServiceTarget.inOrder(List.of(light, heavy), random);
            assertThat(ordered).containsExactlyInAnyOrder(light, heavy);
            heavyFirst += ordered.get(0) == heavy ? 1 : 0;
        }
        assertThat(heavyFirst).isBetween(7200, 7800);
    }

    @Test
    void aTargetWithoutWeightIsRarelyFirstButNeverOmitted() {
        ServiceTarget none = new ServiceTarget(1, 0, "none", 1);
        ServiceTarget some = new ServiceTarget(1, 9, "some", 1);
        int noneFirst = 0;
        for (int run = 0; run < 1000; run++) {
            List<ServiceTarget> ordered = ServiceTarget.inOrder(List.of(some, none), random);
            assertThat(ordered).containsExactlyInAnyOrder(none, some);
            noneFirst += ordered.get(0) == none ? 1 : 0;
        }
        assertThat(noneFirst).isBetween(50, 150);
    }

    @Test
    void targetsWithoutWeightAreAllTried() {
        ServiceTarget one = new ServiceTarget(1, 0, "one", 1);
        ServiceTarget two = new ServiceTarget(1, 0, "two", 1);
        assertThat(ServiceTarget.inOrder(List.of(one, two), random)).containsExactlyInAnyOrder(one, two);
        assertThat(ServiceTarget.inOrder(List.of(), random)).isEmpty();
    }
}
