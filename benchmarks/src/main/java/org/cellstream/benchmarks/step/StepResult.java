package org.cellstream.benchmarks.step;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.cellstream.benchmarks.measure.BarsOfSystems;
import org.cellstream.benchmarks.measure.MeasurementTable;
import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.benchmarks.measure.Measurements.Better;
import org.cellstream.benchmarks.measure.Spread;
import org.cellstream.jobs.report.Report;
import org.knowm.xchart.CategoryChart;

/** The numbers of a run. */
final class StepResult {

    private static final double NANOS_A_MICRO = 1000;
    private static final String ROOFLINE = "roofline";
    private static final String ROOFLINE_PRODUCT = "rooflineProduct";
    private static final String MACHINE = "machine";
    private static final List<Integer> SHOWN_BATCHES = List.of(1, 64);

    private final Measurements steps = new Measurements("MicrosecondsPerEvent", Better.LOWER);
    private final Measurements parts = new Measurements("", Better.HIGHER);
    private final Measurements flops = new Measurements("GigaflopsPerSecond", Better.HIGHER);
    private final Measurements bytes = new Measurements("GigabytesPerSecond", Better.HIGHER);
    private final Map<String, Double> allocated = new TreeMap<>();

    void addStep(StepCell cell, String system, List<Double> nanos) {
        nanos.forEach(n -> steps.add(cell.name(), system, n / cell.batch() / NANOS_A_MICRO));
    }

    /** Adds our parts of the roofline, each with that of its round. */
    void addParts(StepCell cell, Map<String, List<Double>> nanos, List<Roofline> rooflines) {
        List<Double> step = nanos.getOrDefault(StepRun.VECTOR, List.of());
        List<Double> product = nanos.getOrDefault(StepRun.product(), List.of());
        for (int round = 0; round < rooflines.size(); round++) {
            Roofline roofline = rooflines.get(round);
            String name = "Part" + cell.name();
            parts.add(name, ROOFLINE, roofline.part(cell, step.get(round)));
            parts.add(name, ROOFLINE_PRODUCT, roofline.part(cell, product.get(round)));
        }
    }

    void addCeiling(String loop, double operations, List<Double> nanos) {
        nanos.forEach(n -> flops.add(loop, MACHINE, operations / n));
    }

    /** A multiply-add and four bytes for each number. */
    void addStream(int level, int floats, List<Double> nanos) {
        addCeiling("Level" + level, 2.0 * floats, nanos);
        nanos.forEach(n -> bytes.add("Level" + level, MACHINE, (double) Float.BYTES * floats / n));
    }

    /** Bytes that an event of some case allocates. */
    void addAllocated(Map<String, Double> bytesPerEvent) {
        allocated.putAll(bytesPerEvent);
    }

    /** How many times ours is faster than the best peer of a cell, and which that is. */
    private Optional<Map.Entry<String, Double>> ahead(String cell) {
        return steps.systems().stream()
                .filter(s -> !s.equals(StepRun.VECTOR) && !s.equals(StepRun.SCALAR))
                .flatMap(
                        s ->
                                steps
                                        .ratio(cell, StepRun.VECTOR, s)
                                        .map(Spread::median)
                                        .map(ratio -> Map.entry(s, ratio))
                                        .stream())
                .min(Map.Entry.comparingByValue());
    }

    void report(Report report) {
        flops.report(report, MACHINE);
        bytes.report(report, MACHINE);
        steps.report(report, StepRun.VECTOR);
        for (String cell : steps.cells()) {
            ahead(cell).ifPresent(best -> report.put("ratioBestPeer" + cell, best.getValue()));
        }
        for (String cell : parts.cells()) {
            parts.spread(cell, ROOFLINE).ifPresent(s -> report.put(ROOFLINE + cell, s.median()));
            parts.spread(cell, ROOFLINE_PRODUCT)
                    .ifPresent(s -> report.put(ROOFLINE_PRODUCT + cell, s.median()));
        }
        allocated.forEach((name, value) -> report.put("bytesPerEvent" + name, value));
    }

    /** The tables for people. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(MeasurementTable.text(flops, MACHINE)).append('\n');
        text.append(MeasurementTable.text(bytes, MACHINE)).append('\n');
        text.append(MeasurementTable.text(steps, StepRun.VECTOR)).append('\n');
        text.append("part of the roofline: whole step, product alone\n");
        for (String cell : parts.cells()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-26s %5.2f %5.2f%n",
                            cell.substring("Part".length()),
                            parts.spread(cell, ROOFLINE).map(Spread::median).orElse(Double.NaN),
                            parts.spread(cell, ROOFLINE_PRODUCT)
                                    .map(Spread::median)
                                    .orElse(Double.NaN)));
        }
        text.append("\nbytes allocated per event\n");
        allocated.forEach(
                (name, value) ->
                        text.append(String.format(Locale.ROOT, "%-26s %8.4f%n", name, value)));
        text.append('\n').append(behind());
        return text.toString();
    }

    private String behind() {
        StringBuilder text = new StringBuilder();
        for (String cell : steps.cells()) {
            ahead(cell)
                    .filter(best -> best.getValue() < 1)
                    .ifPresent(
                            best ->
                                    text.append(
                                            String.format(
                                                    Locale.ROOT,
                                                    "behind %s at %s: %.2f%n",
                                                    best.getKey(),
                                                    cell,
                                                    best.getValue())));
        }
        return text.length() == 0 ? "ahead of every peer in every cell\n" : text.toString();
    }

    CategoryChart chart() {
        List<String> shown =
                steps.cells().stream()
                        .filter(c -> SHOWN_BATCHES.stream().anyMatch(b -> c.endsWith("Batch" + b)))
                        .toList();
        return BarsOfSystems.chart(
                "One time step, 8 inputs", steps, true, shown.isEmpty() ? steps.cells() : shown);
    }
}
