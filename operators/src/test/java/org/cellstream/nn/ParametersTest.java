package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class ParametersTest {

    private static final int MOST =
            (int) Math.min(Runtime.getRuntime().maxMemory() / 32, Integer.MAX_VALUE);

    private static final Parameters PARAMETERS =
            Network.of(3).lstm(2).lstm(4).dense(5).parameters();

    @Test
    void layersLieBottomFirstByPyTorchNames() {
        assertThat(PARAMETERS.list())
                .containsExactly(
                        new Parameter("lstm.weight_ih_l0", 8, 3),
                        new Parameter("lstm.weight_hh_l0", 8, 2),
                        new Parameter("lstm.bias_ih_l0", 8, 1),
                        new Parameter("lstm_1.weight_ih_l0", 16, 2),
                        new Parameter("lstm_1.weight_hh_l0", 16, 4),
                        new Parameter("lstm_1.bias_ih_l0", 16, 1),
                        new Parameter("dense.weight", 5, 4),
                        new Parameter("dense.bias", 5, 1));
    }

    @Test
    void parametersLieOneAfterTheOther() {
        int end = 0;
        for (Parameter parameter : PARAMETERS.list()) {
            assertThat(PARAMETERS.offset(parameter.name())).isEqualTo(end);
            end += parameter.size();
        }

        assertThat(PARAMETERS.size()).isEqualTo(end).isEqualTo(8 * 6 + 16 * 7 + 5 * 5);
    }

    @Test
    void unknownNameIsAnsweredWithTheNamesThereAre() {
        assertThatThrownBy(() -> Network.of(1).dense(1).parameters().offset("dense.weights"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no parameter \"dense.weights\"; there are [dense.weight, dense.bias]");
    }

    /** Counted in 64 bits: 32 would make some of them small again. */
    @Test
    void networkThatIsTooLargeForTheHeapIsToldWithWhatIsAllowed() {
        assertThatThrownBy(() -> Network.of(8).lstm(999_999).parameters())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        String.format(
                                Locale.ROOT,
                                "lstm(999999) over 8 inputs has 4,000,027,999,968 parameters; a heap of %,d MiB takes %,d, more with a larger -Xmx",
                                Runtime.getRuntime().maxMemory() >> 20,
                                MOST));
    }

    @Test
    void networkThatTheHeapJustTakesIsAllowed() {
        int units = MOST / 2;

        Network.of(1).dense(units).checkSize();

        assertThatThrownBy(() -> Network.of(1).dense(units + 1).checkSize())
                .hasMessageContaining(" parameters; a heap of ");
    }
}
