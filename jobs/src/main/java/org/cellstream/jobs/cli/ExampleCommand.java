package org.cellstream.jobs.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.examples.Example;
import org.cellstream.jobs.examples.ExampleNetwork;
import org.cellstream.jobs.examples.ExampleResult;
import org.cellstream.jobs.examples.ExampleSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cellstream example}: see {@link Example}. */
@Command(
        name = "example",
        description = {
            "Works a well-known problem and shows a table, a plot and the code that defines it.",
            "",
            "cos: a cosine, one step ahead and 200 steps by itself.",
            "airline: passengers of an airline, one month ahead; needs --csv.",
            "reverse: five digits in reverse, read from one end and from both.",
            "alphabet: the next letter, from one letter, three, and any number.",
            "text: the next character of a text, its own or that of --csv, and writing on.",
            "stocks: 400 simulated stocks that share a network."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "Example: cellstream example cos --out pictures"})
@Internal
public final class ExampleCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "NAME",
            description = "cos, airline, reverse, alphabet, text or stocks.")
    private String name = "";

    @Option(
            names = "--quick",
            description = "Learn for a few seconds only: the table has larger errors.")
    private boolean quick;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "The file that airline or text reads, plain or gzip.")
    private @Nullable Path csv;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder of the picture; this one unless given.")
    private Path out = Path.of("");

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine command = Objects.requireNonNull(spec, "picocli sets it").commandLine();
        Example example = Example.of(name);
        ExampleSettings settings = new ExampleSettings(quick, csv);
        example.check(settings);
        OutputFile.makeFolder("--out", out);
        ExampleResult result = example.run(settings);
        Path picture = out.resolve(name + ".png");
        result.picture().write(picture);
        tell(result, picture, command.getOut());
        return CommandLine.ExitCode.OK;
    }

    private static void tell(ExampleResult result, Path picture, PrintWriter out) {
        for (ExampleNetwork network : result.networks()) {
            out.println(network.code());
        }
        out.println(result.table());
        out.println("plot  " + picture);
        out.flush();
    }
}
