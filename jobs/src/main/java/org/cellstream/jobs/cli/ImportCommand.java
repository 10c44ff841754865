package org.cellstream.jobs.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.annotation.Internal;
import org.cellstream.model.ModelFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cellstream import}: a model of another tool as a file of this one. */
@Command(
        name = "import",
        description = {
            "Makes a model file of a model that Keras or PyTorch wrote.",
            "",
            "Takes Keras' .keras and .h5, and PyTorch's state dicts as safetensors, and writes"
                    + " safetensors with the network in its metadata: what a job starts from. What"
                    + " cannot be carried over is named, and nothing is written."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Example:", "  cellstream import model.keras --out model.safetensors"})
@Internal
public final class ImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The model file.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file to write, named .safetensors.")
    private Path out = Path.of("");

    @Mixin private final ModelArguments arguments = new ModelArguments();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine command = Objects.requireNonNull(spec, "picocli sets it").commandLine();
        OutputFile.checkEnding("--out", out, ModelArguments.SAFETENSORS);
        out = OutputFile.resolved("--out", out);
        OutputFile.refuseInput("--out", out, file);
        ModelFile model = arguments.read(file);
        model.write(out);
        DescribeCommand.tell(model, command.getOut());
        return CommandLine.ExitCode.OK;
    }
}
