package org.cellstream.benchmarks.step;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cellstream.benchmarks.measure.Alternation;
import org.cellstream.benchmarks.measure.Alternation.Timed;
import org.cellstream.benchmarks.peers.Agreement;
import org.cellstream.benchmarks.step.StepCell.Kind;
import org.cellstream.nn.CacheLineFloats;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Layer;
import org.cellstream.nn.LayerProduct;

/** Measures cell by cell: ours, the peers, the product alone and the machine's loops in turns. */
final class StepRun {

    static final String VECTOR = "vector";
    static final String SCALAR = "scalar";

    private static final String PRODUCT = "product";
    private static final String MULTIPLY_ADDS = "multiplyAdds";
    private static final String STREAM = "stream";
    private static final Set<String> NO_SYSTEMS = Set.of(PRODUCT, MULTIPLY_ADDS, STREAM);

    private static final int CHECKED_STEPS = 3;

    private static final int WARM_HIDDEN = 64;
    private static final List<Integer> WARM_BATCHES = List.of(1, 64);
    private static final int WARM_CALLS = 10_000;
    private static final int WARM_LOOPS = 100;

    private static final float TOLERANCE = 1e-4f;

    private final List<StepPeer> peers;
    private final CacheLevels caches = CacheLevels.ofThisMachine();
    private final Ceiling ceiling = Ceiling.ofThisMachine();
    private final Map<Integer, CacheLineFloats> arrays = new LinkedHashMap<>();
    private final Kernels kernels = vector();
    private final PrintStream out;

    StepRun(List<StepPeer> peers, PrintStream out) throws IOException {
        this.peers = peers;
        this.out = out;
        for (int level = 1; level <= 3; level++) {
            long floats = caches.arrayBytes(level) / Float.BYTES;
            arrays.put(level, new CacheLineFloats((int) (floats - floats % ceiling.block())));
        }
    }

    private static Kernels vector() {
        Kernels best = Kernels.best();
        if (best.equals(Kernels.scalar())) {
            throw new IllegalStateException(
                    "the vector form is not there; need --add-modules jdk.incubator.vector");
        }
        return best;
    }

    StepResult measure(StepSettings settings) {
        StepResult result = new StepResult();
        warmUp();
        measureMachine(settings.alternation(), result);
        for (StepCell cell : settings.cells()) {
            Map<String, List<Double>> nanos = measure(cell, settings.alternation());
            int level = caches.levelOf(cell.weightBytes());
            nanos.forEach(
                    (system, rounds) -> {
                        if (!NO_SYSTEMS.contains(system)) {
                            result.addStep(cell, system, rounds);
                        }
                    });
            result.addParts(cell, nanos, rooflines(nanos, level));
            out.println("measured " + cell.name());
        }
        return result;
    }

    /**
     * Calls what runs on vectors many times: until the compiler has seen them, operations on
     * vectors are objects and take a thousand times longer.
     */
    private void warmUp() {
        for (Kind kind : Kind.values()) {
            for (int batch : WARM_BATCHES) {
                StepCell cell = new StepCell(kind, WARM_HIDDEN, batch);
                new OurStep(cell, cell.network(), kernels).nanos(WARM_CALLS);
                product(cell).nanos(WARM_CALLS);
            }
        }
        for (int call = 0; call < WARM_LOOPS; call++) {
            ceiling.multiplyAdds();
            arrays.values().forEach(ceiling::stream);
        }
    }

    private Timed product(StepCell cell) {
        Layer layer = cell.network().layers().get(0);
        return new LayerProduct(kernels, layer, StepCell.INPUTS, cell.batch())::run;
    }

    private void measureMachine(Alternation alternation, StepResult result) {
        Map<String, Timed> loops = new LinkedHashMap<>();
        loops.put(MULTIPLY_ADDS, ceiling::multiplyAdds);
        arrays.forEach((level, array) -> loops.put(STREAM + level, () -> ceiling.stream(array)));
        Map<String, List<Double>> nanos = alternation.nanosPerCall(loops);
        result.addCeiling("MultiplyAdds", ceiling.flops(), rounds(nanos, MULTIPLY_ADDS));
        arrays.forEach(
                (level, array) ->
                        result.addStream(level, array.count(), rounds(nanos, STREAM + level)));
    }

    private Map<String, List<Double>> measure(StepCell cell, Alternation alternation) {
        Map<String, StepSystem> systems = open(cell);
        try {
            CacheLineFloats array =
                    arrays.getOrDefault(caches.levelOf(cell.weightBytes()), new CacheLineFloats(0));
            Map<String, Timed> timed = new LinkedHashMap<>(systems);
            timed.put(PRODUCT, product(cell));
            timed.put(MULTIPLY_ADDS, ceiling::multiplyAdds);
            timed.put(STREAM, () -> ceiling.stream(array));
            return alternation.nanosPerCall(timed);
        } finally {
            systems.values().forEach(StepSystem::close);
        }
    }

    /** All systems of a cell, each with its first outputs compared with ours. */
    private Map<String, StepSystem> open(StepCell cell) {
        Map<String, StepSystem> systems = new LinkedHashMap<>();
        systems.put(VECTOR, new OurStep(cell, cell.network(), kernels));
        systems.put(SCALAR, new OurStep(cell, cell.network(), Kernels.scalar()));
        for (StepPeer peer : peers) {
            if (peer.kinds().contains(cell.kind())) {
                systems.put(peer.name(), peer.opening().apply(cell));
            }
        }
        systems.forEach((name, system) -> check(cell, name, system));
        return systems;
    }

    private static void check(StepCell cell, String name, StepSystem system) {
        OurStep ours = new OurStep(cell, system.network(cell), Kernels.scalar());
        for (int step = 0; step < CHECKED_STEPS; step++) {
            ours.call();
            system.call();
        }
        Agreement.check(name + " at " + cell.name(), ours.hidden(), system.hidden(), TOLERANCE);
    }

    private List<Roofline> rooflines(Map<String, List<Double>> nanos, int level) {
        List<Double> multiplyAdds = rounds(nanos, MULTIPLY_ADDS);
        List<Double> stream = rounds(nanos, STREAM);
        double bytes =
                (double) Float.BYTES * arrays.getOrDefault(level, new CacheLineFloats(0)).count();
        List<Roofline> rooflines = new ArrayList<>();
        for (int round = 0; round < multiplyAdds.size(); round++) {
            rooflines.add(
                    Roofline.of(
                            ceiling.flops(), multiplyAdds.get(round), bytes, stream.get(round)));
        }
        return rooflines;
    }

    private static List<Double> rounds(Map<String, List<Double>> nanos, String name) {
        return nanos.getOrDefault(name, List.of());
    }

    /** The name of the product alone among the numbers of a cell. */
    static String product() {
        return PRODUCT;
    }
}
