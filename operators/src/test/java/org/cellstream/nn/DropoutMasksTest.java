package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DropoutMasksTest {

    private static final int UNITS = 4000;

    @Test
    void dropsItsShareAndScalesTheOthersUp() {
        float[] mask = mask(1, 1, 0);

        double sum = 0;
        for (float value : mask) {
            assertThat(value).isIn(0f, 1.25f);
            sum += value;
        }
        assertThat(sum / UNITS).isCloseTo(1, within(0.03));
    }

    @Test
    void drawsTheSameForTheSameAndOtherwiseForAnyOther() {
        float[] mask = mask(1, 7, 2);

        assertThat(mask(1, 7, 2)).isEqualTo(mask);
        assertThat(mask(2, 7, 2)).isNotEqualTo(mask);
        assertThat(mask(1, 8, 2)).isNotEqualTo(mask);
        assertThat(mask(1, 7, 3)).isNotEqualTo(mask);
        assertThat(mask(1, 2, 7)).isNotEqualTo(mask);
    }

    @Test
    void windowDrawsTheSameInWhateverRowItStands() {
        float[] mask = new float[3 * UNITS];
        new DropoutMasks(1, 7, 5, DropoutMasks.NO_WINDOW, 2).fill("dropout", 0.2, mask);

        assertThat(Arrays.copyOfRange(mask, 2 * UNITS, 3 * UNITS)).isEqualTo(mask(1, 7, 2));
        assertThat(Arrays.copyOfRange(mask, UNITS, 2 * UNITS)).containsOnly(1);
    }

    @Test
    void layersDrawTheirOwn() {
        float[] mask = new float[UNITS];
        new DropoutMasks(1, 7, 2).fill("dropout_1", 0.2, mask);

        assertThat(mask).isNotEqualTo(mask(1, 7, 2));
    }

    @Test
    void windowKeepsItsUnitsOverAllSteps() {
        Network network = Network.parse("dropout(0.5)", 40);
        Stepper stepper = new Stepper(network, Kernels.best(), 2);
        stepper.load(Weights.seeded(network, 1));
        Activations kept = new Activations(network, 3, 2);
        Arrays.fill(kept.inputs(), 1);

        kept.drop(new DropoutMasks(1, 0, 0, 1));
        stepper.unroll(2, new float[0], kept, new float[0]);

        float[] mask = ((DropoutActivations) kept.layer(0)).mask();
        assertThat(mask).contains(0, 2);
        for (int i = 0; i < kept.layer(0).outputs().length; i++) {
            assertThat(kept.layer(0).outputs()[i]).isEqualTo(mask[i % 80]);
        }
    }

    private static float[] mask(long seed, long step, int window) {
        float[] mask = new float[UNITS];
        new DropoutMasks(seed, step, window).fill("dropout", 0.2, mask);
        return mask;
    }
}
