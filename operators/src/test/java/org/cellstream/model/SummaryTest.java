package org.cellstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.cellstream.nn.Network;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void drawsLayersShapesAndCounts() {
        String text = Summary.of(Network.parse("lstm(64) dense(1)", 3));

        assertThat(text.lines())
                .contains(
                        "│ lstm  │ lstm(64) │ [B, 64] │ 128   │ weight_ih_l0 [256, 3],"
                                + " weight_hh_l0 [256, 64], bias_ih_l0 [256] │     17,408 │",
                        "Network: lstm(64) dense(1) over 3 inputs",
                        "Parameters: 17,473 (68.25 KiB)",
                        "State of one key: 128 floats");
    }
}
