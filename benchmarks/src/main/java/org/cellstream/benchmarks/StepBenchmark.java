package org.cellstream.benchmarks;

import java.util.concurrent.TimeUnit;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does one time step cost? Rows of 8 inputs through {@code lstm(hidden) dense(1)}.
 *
 * <pre>{@code
 * benchmarks/run step
 *
 * microseconds per event, 2026-11-20, JDK 17.0.15, two cores with AVX-512 that others used too
 * hidden  batch    scalar    vector  scalar/vector
 *     16      1     0.891     0.332            2.7
 *     16     64     0.841     0.100            8.4
 *     32      1     2.207     0.470            4.7
 *     32     64     1.736     0.230            7.5
 *     64      1     6.693     1.683            4.0
 *     64     64     5.058     0.588            8.6
 *    128      1    18.522     4.507            4.1
 *    128     64    20.251     1.829           11.1
 *    256      1    63.022    16.348            3.9
 *    256     64    64.154     6.835            9.4
 * }</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StepBenchmark {

    private static final int INPUTS = 8;
    private static final long SEED = 1;

    /** Form of the arithmetic. */
    public enum Form {
        SCALAR,
        VECTOR;

        Kernels kernels() {
            Kernels scalar = Kernels.scalar();
            if (this == SCALAR) {
                return scalar;
            }
            Kernels best = Kernels.best();
            if (best.equals(scalar)) {
                throw new IllegalStateException(
                        "the vector form is not there; need --add-modules jdk.incubator.vector");
            }
            return best;
        }
    }

    @Param({"16", "32", "64", "128", "256"})
    int hidden;

    @Param({"1", "64"})
    int batch;

    @Param Form form = Form.VECTOR;

    private Stepper stepper;
    private float[] inputs;
    private float[] state;
    private float[] nextState;
    private float[] outputs;

    @Setup
    public void seed() {
        Network network = Network.of(INPUTS).lstm(hidden).dense(1);
        stepper = new Stepper(network, form.kernels(), batch);
        stepper.load(Weights.seeded(network, SEED));
        inputs = new float[batch * INPUTS];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) Math.sin(i);
        }
        state = new float[batch * network.stateSize()];
        nextState = new float[state.length];
        outputs = new float[batch];
    }

    /** One step of all rows; the next step goes on from it, as in a job. */
    @Benchmark
    public float[] step() {
        stepper.step(batch, inputs, state, nextState, outputs);
        float[] previous = state;
        state = nextState;
        nextState = previous;
        return outputs;
    }
}
