package org.cellstream.jobs.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.flink.annotation.Internal;
import org.cellstream.model.ModelFile;
import org.cellstream.model.Printable;
import org.cellstream.model.Reading;
import org.cellstream.model.Summary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cellstream describe}: see {@link Summary}. */
@Command(
        name = "describe",
        description = {
            "Draws the network of a model file: its layers, shapes and numbers of parameters.",
            "",
            "Takes safetensors, PyTorch's state dicts among them, and Keras' .keras and .h5."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Example:", "  cellstream describe model.keras"})
@Internal
public final class DescribeCommand implements Callable<Integer> {

    /** Of a text of the file. */
    private static final int LONGEST = 1000;

    @Parameters(paramLabel = "FILE", description = "The model file.")
    private Path file = Path.of("");

    @Mixin private final ModelArguments arguments = new ModelArguments();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine command = Objects.requireNonNull(spec, "picocli sets it").commandLine();
        tell(arguments.read(file), command.getOut());
        return CommandLine.ExitCode.OK;
    }

    /** The table, and what else the file says. */
    static void tell(ModelFile model, PrintWriter out) {
        out.print(Summary.of(model.network()));
        Reading reading = model.reading();
        if (reading.inferred()) {
            out.println("The network follows from names and shapes; the file does not tell it.");
        }
        if (!reading.modules().isEmpty()) {
            out.println("Modules: " + shown(String.join(", ", reading.modules())));
        }
        if (reading.byOrder()) {
            out.println(
                    "Some of them fit each other's places; their order in the file decided. Modules"
                            + " called as their layers leave no doubt.");
        }
        new TreeMap<>(model.metadata())
                .forEach((name, text) -> out.println(shown(name) + ": " + shown(text)));
        out.flush();
    }

    private static String shown(String text) {
        return Printable.of(text, LONGEST);
    }
}
