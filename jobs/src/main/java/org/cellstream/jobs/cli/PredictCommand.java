package org.cellstream.jobs.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.model.Prediction;
import org.cellstream.jobs.model.PredictionSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cellstream predict}: see {@link Prediction}. */
@Command(
        name = "predict",
        description = {
            "Runs a model file over the rows of a CSV file, one row a time step.",
            "",
            "Every column but those of --key, --reset and --time is an input, in the file's order,"
                    + " unless the file's metadata names columns with transforms. Each key"
                    + " keeps its own state from row to row. A network that also reads backwards"
                    + " takes a key's rows from one reset to the next as a sequence. Writes a row for each, in the same"
                    + " order: the key, and the outputs y0, y1, ..., which read back to the same"
                    + " bits."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Example:",
            "  cellstream predict --model model.keras --csv inputs.csv --key Name --out out.csv"
        })
@Internal
public final class PredictCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            required = true,
            paramLabel = "FILE",
            description = "The model file: safetensors, .keras or .h5.")
    private Path file = Path.of("");

    @Option(
            names = "--csv",
            required = true,
            paramLabel = "FILE",
            description = "The inputs: comma-separated, with a header row, plain or gzip.")
    private Path csv = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "COLUMN",
            description = "Column that says whose row it is. Without, all rows are of one key.")
    private @Nullable String key;

    @Option(
            names = "--reset",
            paramLabel = "COLUMN",
            description =
                    "Column that is 1 in rows before which the key's state starts from zeros.")
    private @Nullable String reset;

    @Option(
            names = "--time",
            paramLabel = "COLUMN",
            description =
                    "Column with a row's time, ISO 8601 or epoch milliseconds, for a model whose"
                            + " columns read it.")
    private @Nullable String time;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The CSV file to write.")
    private Path out = Path.of("");

    @Option(
            names = "--raw",
            description =
                    "Takes inputs as they are, whatever columns and standardisation the file"
                            + " holds.")
    private boolean raw;

    @Option(
            names = "--skip-bad",
            description = "Leaves out rows that cannot be read. Without, the first one ends it.")
    private boolean skipBad;

    @Mixin private final ModelArguments arguments = new ModelArguments();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine command = Objects.requireNonNull(spec, "picocli sets it").commandLine();
        out = OutputFile.resolved("--out", out);
        PredictionSettings settings =
                new PredictionSettings(csv, key, reset, time, out, raw, skipBad);
        OutputFile.refuseInput("--out", out, csv, file);
        Prediction prediction =
                new Prediction(file, arguments.read(file), settings, command.getErr());
        long rows = prediction.run();
        command.getOut().printf("%d rows in %s%n", rows, out);
        command.getOut().flush();
        return CommandLine.ExitCode.OK;
    }
}
