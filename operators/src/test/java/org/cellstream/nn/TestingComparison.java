package org.cellstream.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a form computes for sizes from 1 to 70, most of them multiples of no lane count,
 * compared with the scalar form. Needs no test library, so that it runs in a bare JVM.
 */
final class TestingComparison {

    private static final int LARGEST = 70;
    private static final int[] LARGE = {128, 200, 257};

    private TestingComparison() {}

    /** Prints how many lanes this JVM's vector form has, and {@link #of} it. */
    public static void main(String[] none) {
        Kernels form = Kernels.best();
        System.out.println(form.lanes(LARGEST) + " lanes, " + of(form));
    }

    /** What differs first, or {@code "same bits"}. */
    static String of(Kernels form) {
        SplittableRandom random = new SplittableRandom(3);
        for (int units = 1; units <= LARGEST; units++) {
            int inputs = 1 + random.nextInt(LARGEST);
            int rows = 1 + random.nextInt(LARGEST);
            int outputs = 1 + random.nextInt(LARGEST);
            String differs = differs(form, lstms(inputs, units, outputs), rows, units);
            if (differs == null) {
                differs = differs(form, others(inputs, units), rows, units);
            }
            if (differs == null) {
                differs = differs(form, unusual(inputs, units), rows, units);
            }
            if (differs == null) {
                String text =
                        "layernorm dense(%d, gelu) lstm(3) dropout(0.5) skip dense(%d, softmax)";
                // Layers that know no kernel are below and above those that do.
                Network mixed = Network.parse(text.formatted(units, units), inputs);
                differs = differs(form, mixed, rows, 1);
            }
            if (differs == null && units % 10 == 1) {
                differs = windowsDiffer(form, bothWays(inputs, units), rows);
            }
            if (differs != null) {
                return differs;
            }
        }
        for (int units : LARGE) {
            String differs = differs(form, others(7, units), 5, 1);
            if (differs != null) {
                return differs;
            }
        }
        return "same bits";
    }

    private static Network lstms(int inputs, int units, int outputs) {
        return Network.of(inputs).lstm(units).lstm(outputs).dense(outputs);
    }

    private static Network others(int inputs, int units) {
        return Network.of(inputs)
                .gru(units)
                .then(new Lstm(units + 1, 1 + units / 2))
                .then(new Gru(units, Gru.Reset.BEFORE));
    }

    /** Functions that the kernels do not know. */
    private static Network unusual(int inputs, int units) {
        String text =
                "lstm(%d, activation=relu, recurrent-activation=hard_sigmoid)"
                        + " gru(%d, activation=softsign)"
                        + " gru(%d, reset=before, recurrent-activation=hard_sigmoid(0.2))";
        return Network.parse(text.formatted(units, units, units), inputs);
    }

    private static Network bothWays(int inputs, int units) {
        return Network.of(inputs)
                .then(new Bidirectional(new Lstm(units), Bidirectional.Merge.CONCAT))
                .then(
                        new Bidirectional(
                                new Gru(units, Gru.Reset.AFTER), Bidirectional.Merge.MULTIPLY));
    }

    private static @Nullable String differs(Kernels form, Network network, int rows, int units) {
        if (!same(steps(network, form, rows), steps(network, Kernels.scalar(), rows))) {
            return "steps of " + rows + " rows of " + network + " differ";
        }
        if (!same(scattered(network, form, rows), steps(network, Kernels.scalar(), rows))) {
            return "steps of " + rows + " scattered rows of " + network + " differ";
        }
        return units % 3 == 1 ? windowsDiffer(form, network, rows) : null;
    }

    private static @Nullable String windowsDiffer(Kernels form, Network network, int rows) {
        return same(window(network, form, rows), window(network, Kernels.scalar(), rows))
                ? null
                : "windows of " + rows + " rows of " + network + " differ";
    }

    private static boolean same(List<float[]> actual, List<float[]> expected) {
        for (int i = 0; i < expected.size(); i++) {
            if (!Arrays.equals(actual.get(i), expected.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<float[]> steps(Network network, Kernels kernels, int rows) {
        Stepper stepper = stepper(network, kernels, rows);
        float[] x = TestingNumbers.floats(6, rows * network.inputs());
        float[] state = TestingNumbers.floats(7, rows * network.stateSize());
        float[] once = new float[state.length];
        float[] twice = new float[state.length];
        float[] y = new float[rows * network.outputs()];
        stepper.step(rows, x, state, once, y);
        stepper.step(rows, x, once, twice, y);
        return List.of(once, twice, y);
    }

    /** As {@link #steps}, from states that lie anywhere among numbers that must not be read. */
    private static List<float[]> scattered(Network network, Kernels kernels, int rows) {
        Stepper stepper = stepper(network, kernels, rows);
        float[] x = TestingNumbers.floats(6, rows * network.inputs());
        TestingSlab slab = new TestingSlab(rows, network.stateSize());
        slab.fill(TestingNumbers.floats(7, rows * network.stateSize()));
        float[] once = new float[rows * network.stateSize()];
        float[] twice = new float[once.length];
        float[] y = new float[rows * network.outputs()];
        stepper.step(rows, x, slab.states, slab.at, once, y);
        slab.fill(once);
        stepper.step(rows, x, slab.states, slab.at, twice, y);
        return List.of(once, twice, y);
    }

    private static List<float[]> window(Network network, Kernels kernels, int rows) {
        Stepper stepper = stepper(network, kernels, rows);
        Activations kept = new Activations(network, 2, rows);
        float[] x = TestingNumbers.floats(6, kept.inputs().length);
        System.arraycopy(x, 0, kept.inputs(), 0, x.length);
        float[] state = TestingNumbers.floats(7, rows * network.stateSize());
        stepper.unroll(rows, state, kept, state);
        List<float[]> all = new ArrayList<>(List.of(state));
        for (int i = 0; i < network.layers().size(); i++) {
            all.addAll(TestingActivations.arrays(kept.layer(i)).values());
        }
        return all;
    }

    private static Stepper stepper(Network network, Kernels kernels, int rows) {
        Stepper stepper = new Stepper(network, kernels, rows);
        stepper.load(Weights.seeded(network, 5));
        return stepper;
    }
}
