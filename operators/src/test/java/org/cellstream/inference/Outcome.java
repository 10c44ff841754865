package org.cellstream.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Rejected;
import org.cellstream.event.StateReport;

/**
 * What came out of a schedule: forecasts, late events and reports in order per key, rejections per
 * record that was rejected.
 */
final class Outcome {

    private final Map<String, List<Object>> lists = new TreeMap<>();
    private int size;

    void forecast(Forecast<String> forecast) {
        add("forecasts of " + forecast.key(), forecast);
    }

    void late(Event<String> event) {
        add("late events of " + event.key(), event);
    }

    void report(StateReport<String> report) {
        add("reports of " + report.key(), report);
    }

    /** Of the texts only those of the features count: the others are tested where they are made. */
    void rejected(Rejected rejected) {
        boolean ofFeatures =
                switch (rejected.cause()) {
                    case EMPTY_NUMBER, NOT_A_NUMBER, TRANSFORM -> true;
                    default -> false;
                };
        String reason = ofFeatures ? rejected.reason() : "";
        add(
                "rejections of " + rejected.cause() + " at " + rejected.offset(),
                "%s [%s is %s, partition %d]"
                        .formatted(
                                reason, rejected.field(), rejected.value(), rejected.partition()));
    }

    void addAll(Outcome others) {
        others.lists.forEach((name, list) -> list.forEach(one -> add(name, one)));
    }

    private void add(String list, Object one) {
        lists.computeIfAbsent(list, name -> new ArrayList<>()).add(one);
        size++;
    }

    /** What there is: kind, and key or place. */
    Set<String> names() {
        return lists.keySet();
    }

    /** All that came out. */
    int size() {
        return size;
    }

    /** Where this differs from what was expected. */
    Optional<String> differenceFrom(Outcome expected) {
        TreeSet<String> names = new TreeSet<>(lists.keySet());
        names.addAll(expected.lists.keySet());
        return names.stream()
                .flatMap(name -> difference(name, expected.list(name), list(name)).stream())
                .findFirst();
    }

    private List<Object> list(String name) {
        return lists.getOrDefault(name, List.of());
    }

    private static Optional<String> difference(
            String name, List<Object> expected, List<Object> found) {
        if (expected.equals(found)) {
            return Optional.empty();
        }
        int at = 0;
        while (at < Math.min(expected.size(), found.size())
                && expected.get(at).equals(found.get(at))) {
            at++;
        }
        return Optional.of(
                "%s, number %d:%n  expected %s%n  found    %s"
                        .formatted(name, at + 1, one(expected, at), one(found, at)));
    }

    private static String one(List<Object> list, int at) {
        if (at >= list.size()) {
            return "none";
        }
        return list.get(at) instanceof Forecast<?> forecast
                ? "%s, %d since reset, raw %s"
                        .formatted(
                                forecast,
                                forecast.stepsSinceReset(),
                                Arrays.toString(forecast.rawValues()))
                : list.get(at).toString();
    }
}
