package org.cellstream.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.model.ModelFormatException;
import org.cellstream.model.Printable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command {@code cellstream}. */
@Command(
        name = "cellstream",
        description = "Live forecasts per key from LSTM networks on Apache Flink and Kafka.",
        subcommands = {
            DemoCommand.class,
            ReplayCommand.class,
            BacktestCommand.class,
            RunCommand.class,
            CheckCommand.class,
            ControlCommand.class,
            InspectCommand.class,
            BootstrapCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            DescribeCommand.class,
            PredictCommand.class,
            ExampleCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "To begin: cellstream demo --duration 60s",
            "Help on a command: cellstream COMMAND --help"
        })
@Internal
public final class Main implements Runnable {

    /** What a shell reports of a program that Ctrl-C ended. */
    static final int INTERRUPTED = 130;

    private static final int MIB = 20;

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    @Spec private @Nullable CommandSpec spec;

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) throws Exception {
        System.exit(Interruption.during(() -> runInMemory(arguments)));
    }

    /** Says in one line that the heap is too small, where nobody knew before. */
    private static int runInMemory(String... arguments) {
        try {
            return run(arguments);
        } catch (OutOfMemoryError e) {
            System.err.printf(
                    "cellstream: a heap of %d MiB does not hold it (%s); more with"
                            + " CELLSTREAM_JVM_FLAGS=-Xmx4g%n",
                    Runtime.getRuntime().maxMemory() >> MIB, e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    /**
     * Runs a command in this thread; an interruption of the thread ends it as Ctrl-C does.
     *
     * @return the exit code
     */
    public static int run(String... arguments) {
        return run(
                new PrintWriter(System.out, true, UTF_8),
                new PrintWriter(System.err, true, UTF_8),
                arguments);
    }

    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        return new CommandLine(new Main())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(Main::wrongArguments)
                .setExecutionExceptionHandler(Main::failed)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public void run() {
        CommandLine command = Objects.requireNonNull(spec, "picocli sets it").commandLine();
        String commands = String.join(", ", command.getSubcommands().keySet());
        throw new ParameterException(command, "no command; need one of " + commands);
    }

    private static int wrongArguments(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        say(
                command,
                e.getMessage() + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, @Nullable ParseResult arguments) {
        if (isInterruption(e)) {
            say(command, "interrupted");
            return INTERRUPTED;
        }
        if (e instanceof WrongInputException || e instanceof ModelFormatException) {
            say(command, text(e));
            return ExitCode.USAGE;
        }
        LOG.info("the command failed", e);
        String log = System.getProperty("cellstream.log");
        say(command, text(e) + (log == null ? "" : "; more in " + log));
        return ExitCode.SOFTWARE;
    }

    private static boolean isInterruption(Exception e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof InterruptedIOException) {
                return true;
            }
        }
        return Thread.interrupted() || Interruption.isUnderWay();
    }

    private static String text(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** One line on standard error. */
    private static void say(CommandLine command, String message) {
        String line = message.strip().replaceAll("\\s*\\R\\s*", " ");
        command.getErr().println("cellstream: " + Printable.of(line, line.length()));
        command.getErr().flush();
    }
}
