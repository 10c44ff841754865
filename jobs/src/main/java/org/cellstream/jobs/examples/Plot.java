package org.cellstream.jobs.examples;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Lines over one axis, drawn without a screen.
 *
 * @param title above the lines
 * @param across what the x axis is
 * @param upwards what the y axis is
 * @param lines in the order in which they are drawn
 */
@Internal
public record Plot(String title, String across, String upwards, List<Line> lines) {

    private static final int WIDTH = 1200;
    private static final int HEIGHT = 600;

    /** Lines with more points than the picture has columns show none of them. */
    private static final int MOST_MARKED = 60;

    public Plot {
        lines = List.copyOf(lines);
    }

    /**
     * One line.
     *
     * @param name in the legend
     * @param x where each point is
     * @param y as many; NaN leaves a point out
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Line(String name, double[] x, double[] y) {}

    /** Draws the picture into a PNG file, whose folder is made. */
    public void write(Path file) throws IOException {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle(across)
                        .yAxisTitle(upwards)
                        .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
        for (Line line : lines) {
            var series = chart.addSeries(line.name(), line.x(), line.y());
            if (line.x().length > MOST_MARKED) {
                series.setMarker(SeriesMarkers.NONE);
            }
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        BitmapEncoder.saveBitmap(chart, file.toString(), BitmapFormat.PNG);
    }
}
