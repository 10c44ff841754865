package org.cellstream.jobs.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.model.OnnxFile;
import org.cellstream.model.ModelFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cellstream export}: a model as a file of another tool. */
@Command(
        name = "export",
        description = {
            "Writes a model for PyTorch or ONNX Runtime.",
            "",
            "A file that ends in .safetensors holds a state dict with PyTorch's names: modules"
                    + " lstm, lstm_1, dense. One that ends in .onnx takes x and every layer's h and"
                    + " c, and gives y and the next h and c; it does the standardisation that the"
                    + " model's metadata holds."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Example:", "  cellstream export model.safetensors --out model.onnx"})
@Internal
public final class ExportCommand implements Callable<Integer> {

    private static final String ONNX = ".onnx";

    @Parameters(paramLabel = "FILE", description = "The model file.")
    private Path file = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file to write; its ending says what: .safetensors or .onnx.")
    private Path out = Path.of("");

    @Mixin private final ModelArguments arguments = new ModelArguments();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine command = Objects.requireNonNull(spec, "picocli sets it").commandLine();
        String name = out.toString();
        OutputFile.checkEnding("--out", out, ModelArguments.SAFETENSORS, ONNX);
        out = OutputFile.resolved("--out", out);
        OutputFile.refuseInput("--out", out, file);
        ModelFile model = arguments.read(file);
        if (name.endsWith(ONNX)) {
            OnnxFile.write(file, model, out);
        } else {
            model.write(out);
        }
        DescribeCommand.tell(model, command.getOut());
        String leftOut = name.endsWith(ONNX) ? OnnxFile.leftOut(file, model) : "";
        if (!leftOut.isEmpty()) {
            command.getErr()
                    .printf(
                            "ONNX cannot do %s: left out of %s, whose x is what comes of it%n",
                            leftOut, out);
            command.getErr().flush();
        }
        return CommandLine.ExitCode.OK;
    }
}
