package org.cellstream.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.util.TimeUtils;
import org.cellstream.KeyedLstm;
import org.cellstream.event.Control;
import org.cellstream.event.Control.Action;
import org.cellstream.jobs.config.JobConfig;
import org.cellstream.jobs.kafka.OrderText;
import org.cellstream.jobs.run.ControlRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cellstream control}: see {@link ControlRun}. */
@Command(
        name = "control",
        description = {
            "Writes one order about the memory of a key, or of all keys, or about the weights that are"
                    + " served, to the control topic.",
            "",
            "The running job obeys it; whoever is down obeys it when it goes on. With --time it"
                    + " holds from a key's first event at or after that time, in every replay too."
                    + " Checks the order against the file's network before it writes."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Examples:",
            "  cellstream control --config F reset --key AAL",
            "  cellstream control --config F reset --time 2026-02-01",
            "  cellstream control --config F report --key AAL --wait > state.json",
            "  cellstream control --config F seed --key AAL --state state.json",
            "  cellstream control --config F rollback"
        })
@Internal
public final class ControlCommand implements Callable<Integer> {

    private static final String NAMES =
            Arrays.stream(Action.values()).map(Action::text).collect(Collectors.joining(", "));

    @Mixin private final JobFileArgument jobFile = new JobFileArgument();

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = {
                "reset: sets the state of every layer to zeros.",
                "resetLayer: that of one layer.",
                "seed: sets the state of the layers that --state has.",
                "report: sends the state to the topic of reports.",
                "forget: forgets the key, and whatever training kept of it.",
                "freeze: no weights are published any more by themselves.",
                "promote: publishes what was learned, whatever it scores, and ends a freeze.",
                "rollback: publishes the last good weights before those that are served."
            })
    private @Nullable String name;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "Whose memory. Without: all keys, which only reset and resetLayer know; freeze,"
                            + " promote and rollback are for no key.")
    private @Nullable String key;

    @Option(
            names = "--layer",
            paramLabel = "LAYER",
            description = "Name of the layer that resetLayer resets, as lstm or lstm_1.")
    private @Nullable String layer;

    @Option(
            names = "--time",
            paramLabel = "TIME",
            description =
                    "Event time from which it holds: ISO 8601 or epoch milliseconds. Without: at"
                            + " once. An order for all keys needs it; one about weights does not.")
    private @Nullable String time;

    @Option(
            names = "--state",
            paramLabel = "FILE|JSON",
            description =
                    "What seed sets: a report, or layers with their numbers, an LSTM's h, then its"
                            + " c, as '{\"lstm\":[...]}'.")
    private @Nullable String state;

    @Option(names = "--wait", description = "Waits for the report and prints it.")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "1min",
            description = "How long to wait for the report. Default: ${DEFAULT-VALUE}.")
    private String timeout = "";

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        CommandLine command = commandLine();
        return ConfigMistakes.tell(
                command,
                () -> {
                    if (name == null) {
                        throw wrong("no order; need one of " + NAMES);
                    }
                    if (wait && !name.equals(Action.REPORT.text())) {
                        throw wrong("--wait is for report, and this is " + name);
                    }
                    Duration patience = patience();
                    JobConfig job = jobFile.read(Map.of()).job();
                    ControlRun run = new ControlRun(job, command.getOut(), command.getErr());
                    Control<String> order = order(name, job);
                    if (wait) {
                        run.writeAndWait(order, patience);
                    } else {
                        run.write(order);
                    }
                    return CommandLine.ExitCode.OK;
                });
    }

    private Duration patience() {
        try {
            return TimeUtils.parseDuration(timeout);
        } catch (IllegalArgumentException e) {
            throw wrong("--timeout is " + timeout + "; need a time, as 30s or 5min");
        }
    }

    private Control<String> order(String action, JobConfig job) throws IOException {
        OrderText text =
                new OrderText(action, key, layer, time, state == null ? null : stateOf(state));
        try {
            return text.order(KeyedLstm.of(Types.STRING, job.options()).network());
        } catch (IllegalArgumentException e) {
            throw wrong(named(String.valueOf(e.getMessage())));
        }
    }

    private String stateOf(String fileOrJson) throws IOException {
        String text = fileOrJson.strip();
        if (text.startsWith("{")) {
            return text;
        }
        Path file = Path.of(text);
        if (Files.isDirectory(file)) {
            throw wrong("--state %s is a folder; need a file, or JSON".formatted(file));
        }
        return Files.readString(file);
    }

    /** A message about an order's fields with the names that they have as arguments. */
    private static String named(String message) {
        return message.replaceAll("^control is", "NAME is")
                .replaceAll("^key and time are", "--key and --time are")
                .replaceAll("^(key|layer|time|state) (is|has|of|goes)", "--$1 $2");
    }

    private ParameterException wrong(String message) {
        return new ParameterException(commandLine(), message);
    }

    private CommandLine commandLine() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine();
    }
}
