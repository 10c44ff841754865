package org.cellstream.benchmarks.step;

import org.cellstream.nn.Kernels;
import org.cellstream.nn.Network;
import org.cellstream.nn.Stepper;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does a step of 64 units allocate? By JMH, since its profiler counts what it allocates itself
 * apart; times are taken by {@link StepRun}, in turns with others.
 *
 * <p>Started by {@code benchmarks/run step}, which prints bytes per event.
 */
@State(Scope.Thread)
public class StepBenchmark {

    private static final int HIDDEN = 64;

    /** By count, not by time: a busy machine is else still compiling when the count begins. */
    private static final int CALLS_BEFORE = 20_000;

    @Param({"LSTM", "GRU"})
    String kind = "LSTM";

    @Param({"1", "64"})
    int batch = 1;

    private Stepper stepper;
    private int stateSize;
    private int[] places;
    private float[] inputs;
    private float[] states;
    private float[] next;
    private float[] outputs;

    @Setup
    public void seed() {
        StepCell cell = new StepCell(StepCell.Kind.valueOf(kind), HIDDEN, batch);
        Network network = cell.network();
        stepper = new Stepper(network, Kernels.best(), batch);
        stepper.load(StepCell.weights(network));
        stateSize = network.stateSize();
        inputs = cell.inputs();
        places = new int[batch];
        for (int row = 0; row < batch; row++) {
            places[row] = 2 * (batch - 1 - row) * stateSize;
        }
        states = new float[2 * batch * stateSize];
        next = new float[batch * stateSize];
        outputs = new float[batch * network.outputs()];
        for (int call = 0; call < CALLS_BEFORE; call++) {
            step();
            gatherStepScatter();
        }
    }

    /** A step of rows that lie one after the other. */
    @Benchmark
    public float[] step() {
        stepper.step(batch, inputs, states, next, outputs);
        return outputs;
    }

    /** As the operator does: reads states where they lie, and writes them back there. */
    @Benchmark
    public float[] gatherStepScatter() {
        stepper.step(batch, inputs, states, places, next, outputs);
        for (int row = 0; row < batch; row++) {
            System.arraycopy(next, row * stateSize, states, places[row], stateSize);
        }
        return outputs;
    }
}
