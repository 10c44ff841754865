package org.cellstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.util.Random;
import org.cellstream.nn.Activations;
import org.cellstream.nn.LayerActivations;
import org.cellstream.nn.Network;
import org.cellstream.nn.Weights;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A network run row by row, and sequence by sequence. */
class RunnersTest {

    private static final int STEPS = 5;

    @Test
    void sequenceGivesWhatItsStepsGive() {
        Weights weights = seeded("lstm(4, activation=relu) gru(3) skip layernorm dense(2)");
        float[] x = inputs(STEPS * 3);

        float[] y = new WindowRunner(weights).run(STEPS, x);

        KeyedRunner steps = new KeyedRunner(weights);
        for (int t = 0; t < STEPS; t++) {
            float[] row = {x[3 * t], x[3 * t + 1], x[3 * t + 2]};
            assertThat(steps.step("a", row)).containsExactly(y[2 * t], y[2 * t + 1]);
        }
    }

    @Test
    void stepThatIsNotFiniteLeavesTheKeyAsItWas() {
        KeyedRunner runner = new KeyedRunner(seeded("embedding(4, 2) lstm(4) dense(2)"));
        runner.step("a", new float[] {0.5f, 0, 1});
        float[] before = runner.state("a");

        float[] none = runner.step("a", new float[] {0.5f, 0, 4});

        assertThat(none).isNull();
        assertThat(runner.state("a")).isEqualTo(before);
        assertThat(runner.step("a", new float[] {0.5f, 0, 3})).isNotNull();
    }

    @Test
    void sequenceThatIsNotFiniteHasNoOutputs() {
        WindowRunner runner = new WindowRunner(seeded("bidirectional(lstm(4)) dense(2)"));

        assertThat(runner.run(1, new float[] {1, 2, 3})).isNotNull();
        assertThat(runner.run(1, new float[] {1, Float.NaN, 3})).isNull();
        assertThatThrownBy(() -> runner.run(2, new float[3]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("x has 3 floats; need [2, 3]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lstm(9, projection=2) gru(7) dense(5, relu) skip",
                "bidirectional(lstm(9)) bidirectional(gru(7), merge=sum) dense(2)",
                "embedding(5, 8) layernorm dropout(0.1) lstm(3)",
                "dense(50, tanh) dense(1)"
            })
    void sequenceTakesNoMoreThanItSays(String words) throws ReflectiveOperationException {
        Network network = Network.parse(words, 3);

        long most = WindowRunner.bytes(network, STEPS);

        long floats = floats(new Activations(network, STEPS, 1));
        assertThat(floats * Float.BYTES).isLessThanOrEqualTo(most).isGreaterThan(most / 4);
    }

    private static long floats(Activations kept) throws ReflectiveOperationException {
        long floats = kept.inputs().length;
        for (int i = 0; i < kept.network().layers().size(); i++) {
            LayerActivations layer = kept.layer(i);
            for (RecordComponent part : layer.getClass().getRecordComponents()) {
                part.getAccessor().setAccessible(true);
                Object value = part.getAccessor().invoke(layer);
                floats +=
                        value instanceof float[] all
                                ? all.length
                                : value instanceof Activations inner ? floats(inner) : 0;
            }
        }
        return floats;
    }

    private static Weights seeded(String words) {
        return Weights.seeded(Network.parse(words, 3), 5);
    }

    private static float[] inputs(int size) {
        Random random = new Random(6);
        float[] x = new float[size];
        for (int i = 0; i < size; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }
}
