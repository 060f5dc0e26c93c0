package io.mediakeep.federation.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** One of the places where a service is offered (RFC 2782). */
record ServiceTarget(int priority, int weight, String host, int port) {

    /** In the order in which to try them: by priority, and among equals at random as their weights say. */
    static List<ServiceTarget> inOrder(List<ServiceTarget> targets, RandomGenerator random) {
        Map<Integer, List<ServiceTarget>> byPriority = targets.stream()
                .collect(Collectors.groupingBy(ServiceTarget::priority, TreeMap::new, Collectors.toList()));
        List<ServiceTarget> ordered = new ArrayList<>();
        byPriority.values().forEach(equals -> ordered.addAll(drawn(equals, random)));
        return ordered;
    }

    private static List<ServiceTarget> drawn(List<ServiceTarget> equals, RandomGenerator random) {
        List<ServiceTarget> left = new ArrayList<>(equals);
        left.sort(Comparator.comparingInt(ServiceTarget::weight)); // those without weight come first, as the RFC asks
        List<ServiceTarget> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            ordered.add(left.remove(drawnIndex(left, random)));
        }
        return ordered;
    }

    private static int drawnIndex(List<ServiceTarget> left, RandomGenerator random) {
        int sum = left.stream().mapToInt(ServiceTarget::weight).sum();
        int drawn = random.nextInt(sum + 1);
        int index = 0;
        for (int reached = left.get(0).weight();
                reached < drawn;
                reached += left.get(index).weight()) {
            index++;
        }
        return index;
    }
}
