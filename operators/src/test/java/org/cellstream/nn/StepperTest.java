package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StepperTest {

    @Test
    void agreesWithReference() {
        Network network = Network.of(3).lstm(7).lstm(5).dense(2);
        Weights weights = Weights.seeded(network, 1);
        Activations kept = new Activations(network, 20, 4);
        for (int i = 0; i < kept.inputs().length; i++) {
            kept.inputs()[i] = (float) Math.sin(i * 1.7) * 2;
        }
        float[] state = new float[4 * network.stateSize()];
        Stepper stepper = new Stepper(network, Kernels.scalar(), 4);
        stepper.load(weights);

        stepper.unroll(4, state, kept, state);

        var pass =
                ReferenceNetwork.of(weights)
                        .forward(
                                20,
                                4,
                                ReferenceNetwork.doubles(kept.inputs()),
                                new double[4 * network.stateSize()]);
        for (int l = 0; l < 3; l++) {
            assertClose(kept.layer(l).outputs(), pass.layers().get(l).outputs());
            assertClose(kept.layer(l).gates(), pass.layers().get(l).gates());
            assertClose(kept.layer(l).cells(), pass.layers().get(l).cells());
            assertClose(kept.layer(l).cellTanh(), pass.layers().get(l).cellTanh());
        }
        assertClose(state, pass.ends());
    }

    private static void assertClose(float[] actual, double[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i])
                    .isCloseTo(expected[i], org.assertj.core.data.Offset.offset(1e-6));
        }
    }
}
