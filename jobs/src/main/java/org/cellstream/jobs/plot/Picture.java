package org.cellstream.jobs.plot;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Plots, one below the other, drawn without a screen. */
@Internal
public record Picture(List<Plot> plots) {

    static final int WIDTH = 1200;
    static final int HEIGHT = 600;

    /** So that a network has the same one in every plot. */
    static final List<Color> COLOURS =
            List.of(
                    new Color(0x1f77b4),
                    new Color(0xff7f0e),
                    new Color(0x2ca02c),
                    new Color(0x9467bd),
                    new Color(0x17becf),
                    new Color(0xd62728),
                    new Color(0x8c564b),
                    new Color(0xe377c2));

    /** Names that fit into one row. */
    private static final int ROW = 5;

    /** One of them. */
    public sealed interface Plot permits LinePlot, BarPlot {

        /** The plot as XChart draws it. */
        Chart<?, ?> chart();

        /** It alone, as the bytes of a PNG file. */
        default byte[] png() throws IOException {
            return BitmapEncoder.getBitmapBytes(chart(), BitmapFormat.PNG);
        }
    }

    public Picture {
        plots = List.copyOf(plots);
    }

    /** These plots, the first on top. */
    public static Picture of(Plot... plots) {
        return new Picture(List.of(plots));
    }

    /**
     * @param names in the legend
     */
    static void style(Styler styler, int names) {
        styler.setChartBackgroundColor(Color.WHITE);
        boolean below = names <= ROW;
        styler.setLegendPosition(below ? LegendPosition.OutsideS : LegendPosition.OutsideE);
        styler.setLegendLayout(
                below ? Styler.LegendLayout.Horizontal : Styler.LegendLayout.Vertical);
    }

    /** Draws it into a PNG file, whose folder is made. */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        List<Chart<?, ?>> charts = new ArrayList<>();
        plots.forEach(plot -> charts.add(plot.chart()));
        BitmapEncoder.saveBitmap(charts, charts.size(), 1, file.toString(), BitmapFormat.PNG);
    }
}
