package org.cellstream.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AgreementTest {

    @Test
    void namesThePeerAndTheOutputThatDiffer() {
        float[] ours = {1, 2};

        assertThatCode(() -> Agreement.check("peer", ours, new float[] {1, 2.05f}, 0.1f))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Agreement.check("peer", ours, new float[] {1, 2.5f}, 0.1f))
                .hasMessageContaining("output 1 of peer is 2.5; need ours, 2.0");
    }

    @Test
    void takesNoNumberForADifferenceAndNoShorterArray() {
        float[] ours = {1};

        assertThatThrownBy(() -> Agreement.check("peer", ours, new float[] {Float.NaN}, 1))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Agreement.check("peer", ours, new float[0], 1))
                .hasMessageContaining("peer has 0 outputs; need 1");
    }
}
