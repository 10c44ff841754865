package org.cellstream.benchmarks.step;

import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.cellstream.benchmarks.measure.Machine;
import org.cellstream.benchmarks.measure.OutputArguments;
import org.cellstream.jobs.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code benchmarks/run step}: what does one time step cost? 8 inputs, {@code lstm(h)} and {@code
 * gru(h)} alone, ours and every peer in turns in one run, all on one thread, beside the machine's
 * own ceiling.
 */
@Command(
        name = "step",
        mixinStandardHelpOptions = true,
        description = "Times one step of an LSTM and a GRU, ours and others' in turns.")
public final class StepCommand implements Callable<Integer> {

    @Mixin private final OutputArguments output = new OutputArguments();

    @Option(
            names = "--hidden",
            split = ",",
            paramLabel = "H",
            description = "Hidden units; default 16,32,64,128,256,512, with --quick 16,64,256.")
    private List<Integer> hidden = List.of();

    @Option(
            names = "--batch",
            split = ",",
            paramLabel = "B",
            description = "Rows of a step; default 1,8,64,400,1024, with --quick 1,64.")
    private List<Integer> batches = List.of();

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        Report report = new Report();
        Machine.report(report);
        StepSettings settings = StepSettings.of(output.quick(), hidden, batches);
        StepResult result;
        try (StepPeers peers = new StepPeers()) {
            peers.list().forEach(peer -> report.put(peer.name() + "Version", peer.version()));
            result = new StepRun(peers.list(), out).measure(settings);
        }
        result.addAllocated(StepAllocation.measure(output.quick()));
        result.report(report);
        out.println();
        out.print(result.text());
        output.write(report, result.chart());
        return 0;
    }
}
