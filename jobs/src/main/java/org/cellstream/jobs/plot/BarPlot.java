package org.cellstream.jobs.plot;

import java.awt.Color;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/**
 * Bars side by side, in groups.
 *
 * @param title above them
 * @param across what the groups are
 * @param upwards what the bars' heights are
 * @param groups names of the groups
 * @param bars by name, one height a group
 */
@Internal
public record BarPlot(
        String title,
        String across,
        String upwards,
        List<String> groups,
        Map<String, List<Double>> bars)
        implements Picture.Plot {

    public BarPlot {
        groups = List.copyOf(groups);
        bars = new LinkedHashMap<>(bars);
    }

    @Override
    public CategoryChart chart() {
        CategoryChart chart =
                new CategoryChartBuilder()
                        .width(Picture.WIDTH)
                        .height(Picture.HEIGHT)
                        .title(title)
                        .xAxisTitle(across)
                        .yAxisTitle(upwards)
                        .build();
        Picture.style(chart.getStyler(), bars.size());
        chart.getStyler().setSeriesColors(Picture.COLOURS.toArray(new Color[0]));
        chart.getStyler().setYAxisMin(0.0);
        bars.forEach((name, heights) -> chart.addSeries(name, groups, heights));
        return chart;
    }
}
