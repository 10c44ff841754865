package org.cellstream.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cellstream.jobs.report.Report;

/**
 * One number for each cell (as hidden units and batch), system and round.
 *
 * <p>Names are words of a report's keys: cells as {@code Hidden64Batch1}, systems as {@code vector}
 * or {@code onnxRuntime}, the unit as {@code MicrosecondsPerEvent}.
 */
public final class Measurements {

    private final String unit;
    private final Better better;
    private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();
    private final Set<String> systems = new LinkedHashSet<>();

    /** Which of two numbers is the better one. */
    public enum Better {
        LOWER,
        HIGHER
    }

    public Measurements(String unit, Better better) {
        this.unit = unit;
        this.better = better;
    }

    /** Adds the number of the next round; all systems of a cell go through the same rounds. */
    public void add(String cell, String system, double value) {
        systems.add(system);
        values.computeIfAbsent(cell, c -> new LinkedHashMap<>())
                .computeIfAbsent(system, s -> new ArrayList<>())
                .add(value);
    }

    public String unit() {
        return unit;
    }

    /** The cells in the order in which they came. */
    public List<String> cells() {
        return List.copyOf(values.keySet());
    }

    /** The systems in the order in which they came. */
    public List<String> systems() {
        return List.copyOf(systems);
    }

    /** Nothing for a system that was not measured in that cell. */
    public Optional<Spread> spread(String cell, String system) {
        List<Double> of = rounds(cell, system);
        return of.isEmpty() ? Optional.empty() : Optional.of(Spread.of(of));
    }

    /**
     * How many times better a system is than another one, round by round: above 1 it is ahead.
     * Nothing if one of them was not measured in that cell.
     */
    public Optional<Spread> ratio(String cell, String system, String other) {
        List<Double> of = rounds(cell, system);
        List<Double> to = rounds(cell, other);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < Math.min(of.size(), to.size()); round++) {
            ratios.add(
                    better == Better.LOWER
                            ? to.get(round) / of.get(round)
                            : of.get(round) / to.get(round));
        }
        return ratios.isEmpty() ? Optional.empty() : Optional.of(Spread.of(ratios));
    }

    /** The numbers of all rounds in their order; empty for what was not measured. */
    public List<Double> rounds(String cell, String system) {
        return values.getOrDefault(cell, Map.of()).getOrDefault(system, List.of());
    }

    /**
     * Puts a system's median for each cell, how far its rounds lie apart, and how many times better
     * {@code ours} is than each other one.
     */
    public void report(Report report, String ours) {
        for (String cell : cells()) {
            for (String system : systems) {
                spread(cell, system).ifPresent(s -> report.put(system + cell + unit, s.median()));
            }
            for (String system : systems) {
                spread(cell, system)
                        .filter(Spread::known)
                        .ifPresent(s -> report.put(spreadName(system, cell), s.percent()));
            }
            for (String system : systems) {
                if (!system.equals(ours)) {
                    ratio(cell, ours, system)
                            .ifPresent(r -> report.put(ratioName(system, cell), r.median()));
                }
            }
        }
    }

    /** The name of a ratio against a system, {@code ratioOnnxRuntimeHidden64Batch1}. */
    public static String ratioName(String system, String cell) {
        return "ratio" + capital(system) + cell;
    }

    private static String spreadName(String system, String cell) {
        return "spread" + capital(system) + cell + "Percent";
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
