package org.cellstream.benchmarks;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.cellstream.benchmarks.StepBenchmark.Form;
import org.cellstream.jobs.report.Report;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/** The numbers of {@link StepBenchmark}: microseconds per event for each size, batch and form. */
final class StepTable {

    private record Cell(int hidden, int batch) {

        /** The cell's part of a report's key, which follows a word. */
        String words() {
            return "Hidden" + hidden + "Batch" + batch;
        }
    }

    private final Map<Cell, Map<Form, Double>> micros =
            new TreeMap<>(Comparator.comparingInt(Cell::hidden).thenComparingInt(Cell::batch));

    private StepTable() {}

    static StepTable of(Collection<RunResult> results) {
        StepTable table = new StepTable();
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            int hidden = Integer.parseInt(params.getParam("hidden"));
            int batch = Integer.parseInt(params.getParam("batch"));
            table.micros
                    .computeIfAbsent(new Cell(hidden, batch), cell -> new EnumMap<>(Form.class))
                    .put(
                            Form.valueOf(params.getParam("form")),
                            result.getPrimaryResult().getScore() / batch);
        }
        return table;
    }

    /** One line for each size and batch. */
    String text() {
        StringBuilder text =
                new StringBuilder(
                        "microseconds per event\nhidden  batch    scalar    vector  scalar/vector\n");
        micros.forEach(
                (cell, forms) ->
                        text.append(
                                String.format(
                                        Locale.ROOT,
                                        "%6d %6d %9.3f %9.3f %14.1f%n",
                                        cell.hidden(),
                                        cell.batch(),
                                        micros(forms, Form.SCALAR),
                                        micros(forms, Form.VECTOR),
                                        ratio(forms))));
        return text.toString();
    }

    /** A key for each cell and form, and how many times longer the scalar form takes. */
    Report report() {
        Report report = new Report();
        micros.forEach(
                (cell, forms) -> {
                    String end = cell.words() + "MicrosecondsPerEvent";
                    report.put("scalar" + end, micros(forms, Form.SCALAR));
                    report.put("vector" + end, micros(forms, Form.VECTOR));
                    report.put("ratioScalar" + cell.words(), ratio(forms));
                });
        return report;
    }

    private static double micros(Map<Form, Double> forms, Form form) {
        return forms.getOrDefault(form, Double.NaN);
    }

    private static double ratio(Map<Form, Double> forms) {
        return micros(forms, Form.SCALAR) / micros(forms, Form.VECTOR);
    }
}
