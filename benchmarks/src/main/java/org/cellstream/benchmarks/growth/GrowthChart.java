package org.cellstream.benchmarks.growth;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.cellstream.benchmarks.harness.Form;
import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.benchmarks.measure.Spread;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** What an event costs, by one thing that grows. */
final class GrowthChart {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;

    private GrowthChart() {}

    static XYChart chart(GrowthAxis axis, List<Integer> points, Measurements costs) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title("An event's cost by " + axis.label())
                        .xAxisTitle(axis.label())
                        .yAxisTitle("microseconds per event")
                        .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setYAxisMin(0.0);
        boolean wide = points.get(points.size() - 1) > 10 * points.get(0);
        chart.getStyler().setXAxisLogarithmic(wide);
        List<Double> heights = new ArrayList<>();
        for (int point : points) {
            heights.add(
                    costs.spread(axis.cell(point), Form.OURS.system())
                            .map(Spread::median)
                            .orElse(Double.NaN));
        }
        chart.addSeries(Form.OURS.system(), points, heights);
        return chart;
    }
}
