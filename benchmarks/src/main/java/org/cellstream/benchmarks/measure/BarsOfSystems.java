package org.cellstream.benchmarks.measure;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** A chart of measurements: a group of bars a cell, a bar a system. */
public final class BarsOfSystems {

    private static final int WIDTH = 1400;
    private static final int HEIGHT = 700;
    private static final int STEEP = 60;

    private BarsOfSystems() {}

    /**
     * Draws the medians.
     *
     * @param logarithmic whether the axis of the numbers is
     * @param cells those to show, in this order
     */
    public static CategoryChart chart(
            String title, Measurements measurements, boolean logarithmic, List<String> cells) {
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .yAxisTitle(Names.words(measurements.unit()))
                        .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
        if (logarithmic) {
            chart.getStyler().setYAxisLogarithmic(true);
            chart.getStyler().setYAxisMin(powerOfTenBelow(measurements, cells));
        }
        chart.getStyler().setXAxisLabelRotation(STEEP);
        List<String> labels = cells.stream().map(Names::words).toList();
        for (String system : measurements.systems()) {
            List<Double> heights = new ArrayList<>();
            for (String cell : cells) {
                heights.add(
                        measurements.spread(cell, system).map(Spread::median).orElse(Double.NaN));
            }
            chart.addSeries(Names.words(system), labels, heights);
        }
        return chart;
    }

    /** Where the axis starts: at 0, where bars would start, there is no logarithm. */
    private static double powerOfTenBelow(Measurements measurements, List<String> cells) {
        double smallest =
                cells.stream()
                        .flatMap(
                                cell ->
                                        measurements.systems().stream()
                                                .flatMap(
                                                        s -> measurements.spread(cell, s).stream()))
                        .mapToDouble(Spread::median)
                        .min()
                        .orElse(1);
        return Math.pow(10, Math.floor(Math.log10(smallest)));
    }
}
