package org.cellstream.benchmarks.train;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cellstream.benchmarks.measure.Alternation;
import org.cellstream.benchmarks.measure.Measurements;
import org.cellstream.benchmarks.measure.Measurements.Better;
import org.cellstream.benchmarks.peers.Agreement;

/** Measures cell by cell, ours and the peers in turns. */
final class TrainRun {

    static final String OURS = "ours";

    private static final int CHECKED_UPDATES = 3;

    /** Adam takes the sign of numbers that are nearly 0, so a few weights go other ways. */
    private static final float TOLERANCE = 1e-3f;

    private final List<TrainPeer> peers;
    private final PrintStream out;

    TrainRun(List<TrainPeer> peers, PrintStream out) {
        this.peers = peers;
        this.out = out;
    }

    Measurements measure(List<TrainCell> cells, Alternation alternation) {
        Measurements times = new Measurements("MicrosecondsPerSample", Better.LOWER);
        for (TrainCell cell : cells) {
            Map<String, TrainSystem> systems = open(cell);
            try {
                alternation.measure(times, cell.name(), cell.samples(), systems);
            } finally {
                systems.values().forEach(TrainSystem::close);
            }
            out.println("measured " + cell.name());
        }
        return times;
    }

    /** All systems of a cell, each with its outputs after some updates compared with ours. */
    private Map<String, TrainSystem> open(TrainCell cell) {
        Map<String, TrainSystem> systems = new LinkedHashMap<>();
        systems.put(OURS, new OurTraining(cell));
        peers.forEach(peer -> systems.put(peer.name(), peer.opening().apply(cell)));
        systems.values().forEach(system -> system.nanos(CHECKED_UPDATES));
        float[] ours = outputs(systems, OURS);
        checkMoved(cell, ours);
        for (TrainPeer peer : peers) {
            float[] theirs = outputs(systems, peer.name());
            Agreement.check(peer.name() + " at " + cell.name(), ours, theirs, TOLERANCE);
        }
        return systems;
    }

    private static float[] outputs(Map<String, TrainSystem> systems, String name) {
        TrainSystem system = systems.get(name);
        return system == null ? new float[0] : system.outputs();
    }

    /** Without updates that show, outputs that agree would say nothing. */
    private static void checkMoved(TrainCell cell, float[] ours) {
        float[] first = OurTraining.outputs(cell, cell.weights());
        float most = 0;
        for (int i = 0; i < first.length; i++) {
            most = Math.max(most, Math.abs(ours[i] - first[i]));
        }
        if (most < 10 * TOLERANCE) {
            throw new IllegalStateException(
                    "updates at %s moved outputs by %s; need %s to compare them"
                            .formatted(cell.name(), most, 10 * TOLERANCE));
        }
    }
}
