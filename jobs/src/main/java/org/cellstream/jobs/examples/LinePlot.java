package org.cellstream.jobs.examples;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines over one axis.
 *
 * @param title above the lines
 * @param across what the x axis is
 * @param upwards what the y axis is
 * @param logarithmic whether the y axis is
 * @param lines in the order in which they are drawn
 */
record LinePlot(String title, String across, String upwards, boolean logarithmic, List<Line> lines)
        implements Picture.Plot {

    /** Lines with more points than the picture has columns show none of them. */
    private static final int MOST_MARKED = 40;

    private static final float THIN = 1.5f;
    private static final float THICK = 3;

    LinePlot {
        lines = List.copyOf(lines);
    }

    /**
     * One line.
     *
     * @param name in the legend
     * @param truth whether it is what the others should be
     * @param x where each point is
     * @param y as many; NaN leaves a point out
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Line(String name, boolean truth, double[] x, double[] y) {

        Line(String name, double[] x, double[] y) {
            this(name, false, x, y);
        }
    }

    @Override
    public XYChart chart() {
        XYChart chart =
                new XYChartBuilder()
                        .width(Picture.WIDTH)
                        .height(Picture.HEIGHT)
                        .title(title)
                        .xAxisTitle(across)
                        .yAxisTitle(upwards)
                        .build();
        Picture.style(chart.getStyler(), lines.size());
        chart.getStyler().setYAxisLogarithmic(logarithmic);
        int next = 0;
        for (Line line : lines) {
            XYSeries series = chart.addSeries(line.name(), line.x(), line.y());
            Color colour = line.truth() ? Color.BLACK : Picture.COLOURS.get(next++);
            series.setLineColor(colour);
            series.setMarkerColor(colour);
            series.setLineStyle(new BasicStroke(line.truth() ? THICK : THIN));
            if (line.x().length > MOST_MARKED) {
                series.setMarker(SeriesMarkers.NONE);
            }
        }
        return chart;
    }
}
