package org.cellstream.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.cellstream.jobs.report.Report;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.internal.chartpart.Chart;
import picocli.CommandLine.Option;

/** What every benchmark that measures speed is asked for. */
public final class OutputArguments {

    @Option(
            names = "--quick",
            description = "Few and short measurements: shows that it runs, and the order of size.")
    private boolean quick;

    @Option(names = "--report", paramLabel = "F", description = "Writes the numbers as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--chart",
            paramLabel = "F",
            description =
                    "Draws the numbers into a PNG file; growth draws one for each axis into a folder.")
    private @Nullable Path chart;

    public boolean quick() {
        return quick;
    }

    /** Writes what was asked for. */
    public void write(Report numbers, Chart<?, ?> picture) throws IOException {
        if (report != null) {
            makeFolder(report);
            numbers.write(report);
        }
        if (chart != null) {
            makeFolder(chart);
            BitmapEncoder.saveBitmap(picture, chart.toString(), BitmapFormat.PNG);
        }
    }

    /**
     * Writes what was asked for, where there is more than one chart.
     *
     * @param pictures by the names of their files in the folder that {@code --chart} names
     */
    public void write(Report numbers, Map<String, ? extends Chart<?, ?>> pictures)
            throws IOException {
        if (report != null) {
            makeFolder(report);
            numbers.write(report);
        }
        if (chart != null) {
            Files.createDirectories(chart);
            for (Map.Entry<String, ? extends Chart<?, ?>> picture : pictures.entrySet()) {
                String file = chart.resolve(picture.getKey()).toString();
                BitmapEncoder.saveBitmap(picture.getValue(), file, BitmapFormat.PNG);
            }
        }
    }

    private static void makeFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
    }
}
