package org.cellstream.jobs.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.time.Instant;
import java.util.List;
import org.apache.flink.annotation.Internal;
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
 * @param scale of its axes
 * @param lines in the order in which they are drawn
 */
@Internal
public record LinePlot(String title, String across, String upwards, Scale scale, List<Line> lines)
        implements Picture.Plot {

    /** Lines with more points than the picture has columns show none of them. */
    private static final int MOST_MARKED = 40;

    private static final float THIN = 1.5f;
    private static final float THICK = 3;
    private static final Color GREY = new Color(0xaaaaaa);
    private static final double DAY_MILLIS = 86_400_000;

    public LinePlot {
        lines = List.copyOf(lines);
    }

    /** What the axes count. */
    public enum Scale {
        PLAIN,
        /** The y axis by its logarithm. */
        LOGARITHMIC,
        /** The x axis in epoch milliseconds, UTC. */
        TIMES
    }

    /** What a line is beside the others. */
    public enum Role {
        PLAIN,
        /** What the others should be. */
        TRUTH,
        /** An end of an interval. */
        EDGE
    }

    /**
     * One line.
     *
     * @param name in the legend
     * @param role what it is beside the others
     * @param x where each point is
     * @param y as many; NaN leaves a point out
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    public record Line(String name, Role role, double[] x, double[] y) {

        public Line(String name, double[] x, double[] y) {
            this(name, Role.PLAIN, x, y);
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
        chart.getStyler().setYAxisLogarithmic(scale == Scale.LOGARITHMIC);
        if (scale == Scale.TIMES) {
            chart.getStyler().setxAxisTickLabelsFormattingFunction(timesOf(lines)::text);
        }
        int next = 0;
        for (Line line : lines) {
            XYSeries series = chart.addSeries(line.name(), line.x(), line.y());
            Color colour =
                    switch (line.role()) {
                        case TRUTH -> Color.BLACK;
                        case EDGE -> GREY;
                        case PLAIN -> Picture.COLOURS.get(next++ % Picture.COLOURS.size());
                    };
            series.setLineColor(colour);
            series.setMarkerColor(colour);
            series.setLineStyle(new BasicStroke(line.role() == Role.TRUTH ? THICK : THIN));
            if (line.x().length > MOST_MARKED || line.role() == Role.EDGE) {
                series.setMarker(SeriesMarkers.NONE);
            }
        }
        return chart;
    }

    /** How times are written: as days, or with the minutes where there are but few days. */
    private enum TimeText {
        DAYS(10),
        MINUTES(16);

        private final int length;

        TimeText(int length) {
            this.length = length;
        }

        String text(double millis) {
            return Instant.ofEpochMilli((long) millis)
                    .toString()
                    .substring(0, length)
                    .replace('T', ' ');
        }
    }

    private static TimeText timesOf(List<Line> lines) {
        double first = Double.POSITIVE_INFINITY;
        double last = Double.NEGATIVE_INFINITY;
        for (Line line : lines) {
            for (double x : line.x()) {
                first = Math.min(first, x);
                last = Math.max(last, x);
            }
        }
        return last - first < 10 * DAY_MILLIS ? TimeText.MINUTES : TimeText.DAYS;
    }
}
