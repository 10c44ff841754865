package org.cellstream.benchmarks.latency;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Percentiles of latencies, a line for each rate. */
final class LatencyChart {

    private static final int WIDTH = 1400;
    private static final int HEIGHT = 700;
    private static final int STEPS = 40;
    private static final double MOST_NINES = 4;
    private static final double LEAST_MILLIS = 0.001;

    private LatencyChart() {}

    /** Apart from checkpoints; the axis counts nines: 1 is 90%, 2 is 99%, 3 is 99.9%. */
    static XYChart chart(List<Latencies> all, int keys) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title("Latency apart from checkpoints, LSTM(64), %,d keys".formatted(keys))
                        .xAxisTitle("nines: 1 is 90%, 2 is 99%, 3 is 99.9% of forecasts")
                        .yAxisTitle("milliseconds")
                        .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        chart.getStyler().setYAxisLogarithmic(true);
        for (Latencies latencies : all) {
            if (latencies.hasApart()) {
                add(chart, latencies.cell(), latencies.apart());
            }
        }
        return chart;
    }

    private static void add(XYChart chart, String name, Histogram histogram) {
        List<Double> nines = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i <= STEPS; i++) {
            double nine = MOST_NINES * i / STEPS;
            double percentile = 100 * (1 - Math.pow(10, -nine));
            double value = histogram.getValueAtPercentile(percentile) / Latencies.NANOS_A_MILLI;
            nines.add(nine);
            millis.add(Math.max(LEAST_MILLIS, value));
        }
        XYSeries series = chart.addSeries(name, nines, millis);
        series.setMarker(SeriesMarkers.NONE);
    }
}
