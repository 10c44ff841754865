package org.cellstream.benchmarks.train;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.cellstream.benchmarks.measure.Alternation;
import org.cellstream.benchmarks.measure.BarsOfSystems;
import org.cellstream.benchmarks.measure.Machine;
import org.cellstream.benchmarks.measure.MeasurementTable;
import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.benchmarks.measure.OutputArguments;
import org.cellstream.jobs.report.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code benchmarks/run train}: what does it cost to learn from a minibatch of windows of 20 steps,
 * forward, backward and Adam? Ours and every peer in turns in one run, all on one thread.
 */
@Command(
        name = "train",
        mixinStandardHelpOptions = true,
        description = "Times the learning from one minibatch, ours and others' in turns.")
public final class TrainCommand implements Callable<Integer> {

    private static final List<Integer> HIDDEN = List.of(32, 64, 128, 256);
    private static final List<Integer> BATCHES = List.of(32, 400);
    private static final List<Integer> QUICK_HIDDEN = List.of(32, 128);
    private static final List<Integer> QUICK_BATCHES = List.of(32);

    @Mixin private final OutputArguments output = new OutputArguments();

    @Option(
            names = "--hidden",
            split = ",",
            paramLabel = "H",
            description = "Hidden units; default 32,64,128,256, with --quick 32,128.")
    private List<Integer> hidden = List.of();

    @Option(
            names = "--batch",
            split = ",",
            paramLabel = "B",
            description = "Windows of a minibatch; default 32,400, with --quick 32.")
    private List<Integer> batches = List.of();

    @Override
    public Integer call() throws Exception {
        PrintStream out = System.out;
        Report report = new Report();
        Machine.report(report);
        List<TrainCell> cells = cells();
        Measurements times;
        try (TrainPeers peers = new TrainPeers()) {
            peers.list().forEach(peer -> report.put(peer.name() + "Version", peer.version()));
            times = new TrainRun(peers.list(), out).measure(cells, alternation());
        }
        times.report(report, TrainRun.OURS);
        out.println();
        out.print(MeasurementTable.text(times, TrainRun.OURS));
        output.write(
                report, BarsOfSystems.chart("One window of 20 steps", times, true, times.cells()));
        return 0;
    }

    private Alternation alternation() {
        return output.quick() ? new Alternation(1200, 60, 3) : new Alternation(5000, 300, 7);
    }

    private List<TrainCell> cells() {
        boolean quick = output.quick();
        List<Integer> units = hidden.isEmpty() ? quick ? QUICK_HIDDEN : HIDDEN : hidden;
        List<Integer> rows = batches.isEmpty() ? quick ? QUICK_BATCHES : BATCHES : batches;
        List<TrainCell> cells = new ArrayList<>();
        for (int batch : rows) {
            units.forEach(h -> cells.add(new TrainCell(h, batch)));
        }
        return cells;
    }
}
