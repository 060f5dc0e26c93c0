package io.mediakeep.federation.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A target of a service (an SRV record, RFC 2782). */
record ServiceTarget(int priority, int weight, String host, int port) {

    /** The targets in the order in which to try them: by priority, and at random by their weights within one. */
    static List<ServiceTarget> inOrder(List<ServiceTarget> targets, RandomGenerator random) {
        Map<Integer, List<ServiceTarget>> byPriority = targets.stream()
                .collect(Collectors.groupingBy(ServiceTarget::priority, TreeMap::new, Collectors.toList()));
        List<ServiceTarget> ordered = new ArrayList<>();
        byPriority.values().forEach(equals -> ordered.addAll(selected(equals, random)));
        return ordered;
    }

    private static List<ServiceTarget> selected(List<ServiceTarget> equals, RandomGenerator random) {
        List<ServiceTarget> remaining = new ArrayList<>(equals);
        remaining.sort(Comparator.comparingInt(
                ServiceTarget::weight)); // targets without weight come first, as the RFC requires
        List<ServiceTarget> ordered = new ArrayList<>();
        while (!remaining.isEmpty()) {
            ordered.add(remaining.remove(selectIndex(remaining, random)));
        }
        return ordered;
    }

    private static int selectIndex(List<ServiceTarget> remaining, RandomGenerator random) {
        int sum = remaining.stream().mapToInt(ServiceTarget::weight).sum();
        int selected = random.nextInt(sum + 1);
        int index = 0;
        for (int reached = remaining.get(0).weight();
                reached < selected;
                reached += remaining.get(index).weight()) {
            index++;
        }
        return index;
    }
}
