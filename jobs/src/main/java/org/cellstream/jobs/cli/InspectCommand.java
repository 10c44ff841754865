package org.cellstream.jobs.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.inspect.Format;
import org.cellstream.jobs.inspect.InspectSettings;
import org.cellstream.jobs.inspect.Inspection;
import org.cellstream.jobs.report.Report;
import org.cellstream.model.WholeFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cellstream inspect}: see {@link Inspection}. */
@Command(
        name = "inspect",
        description = {
            "Shows what a savepoint or a checkpoint holds.",
            "",
            "Writes a row for each key: its last time, its steps, the weights it was advanced with and"
                    + " the norms of its state, in Flink's own order; with --key that key's values"
                    + " too. What concerns the whole job goes to standard error, to standard output"
                    + " where --out takes the keys, and into the JSON. Changes nothing."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Example:",
            "  cellstream inspect --savepoint checkpoints/stocks/4f0c.../chk-12 --key AAL"
        })
@Internal
public final class InspectCommand implements Callable<Integer> {

    @Option(
            names = "--savepoint",
            required = true,
            paramLabel = "DIR",
            description = "Folder of a savepoint or of a checkpoint, the one with _metadata.")
    private Path savepoint = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "This key only, with the values of every layer.")
    private @Nullable String key;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "csv",
            description = "csv or json. Default: ${DEFAULT-VALUE}")
    private Format format = Format.CSV;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Writes there instead of to standard output.")
    private @Nullable Path out;

    @Option(
            names = "--uid-prefix",
            paramLabel = "PREFIX",
            defaultValue = "",
            description =
                    "What the job puts before its operators' uids, if it has several networks.")
    private String uidPrefix = "";

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine command = Objects.requireNonNull(spec, "picocli sets it").commandLine();
        OutputFile.check("--out", out);
        Inspection inspection =
                new Inspection(new InspectSettings(savepoint, uidPrefix, key, format));
        if (out == null) {
            PrintWriter standard = command.getOut();
            Writer buffered = new BufferedWriter(standard);
            Report report = inspection.run(buffered);
            buffered.flush();
            if (standard.checkError()) {
                throw new IOException("standard output cannot be written");
            }
            tell(command.getErr(), report);
        } else {
            tell(command.getOut(), writeTo(out, inspection));
        }
        return CommandLine.ExitCode.OK;
    }

    /** Replaces a file, but only by a whole one. */
    private static Report writeTo(Path named, Inspection inspection) throws Exception {
        Path file = Files.exists(named) ? named.toRealPath() : named; // a link stays one
        AtomicReference<Report> report = new AtomicReference<>(new Report());
        WholeFile.<Exception>write(
                file,
                part -> {
                    try (Writer written = Files.newBufferedWriter(part)) {
                        report.set(inspection.run(written));
                    }
                });
        return report.get();
    }

    private static void tell(PrintWriter to, Report report) {
        to.print(report.toText());
        to.flush();
    }
}
