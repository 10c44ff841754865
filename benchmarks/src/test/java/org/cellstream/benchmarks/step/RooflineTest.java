package org.cellstream.benchmarks.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.cellstream.benchmarks.step.StepCell.Kind;
import org.junit.jupiter.api.Test;

class RooflineTest {

    /** 200 GFLOP/s on registers, 100 GB/s. */
    private final Roofline roofline = Roofline.of(2000, 10, 1000, 10);

    private static final double CLOSE = 1e-9;

    @Test
    void loopsGiveOperationsAndBytesPerSecond() {
        assertThat(roofline).isEqualTo(new Roofline(200e9, 100e9));
    }

    @Test
    void oneRowIsBoundByTheWeightsItReads() {
        StepCell one = new StepCell(Kind.LSTM, 64, 1);

        assertThat(one.flops()).isEqualTo(2 * 4 * 64 * 72);
        assertThat(one.weightBytes()).isEqualTo(4 * 4 * 64 * 73);
        assertThat(roofline.of(one)).isCloseTo(100e9 * 0.5 * 72 / 73, within(1e3));
    }

    @Test
    void manyRowsAreBoundByMultiplyAdds() {
        StepCell many = new StepCell(Kind.GRU, 64, 64);
        double nanos = many.flops() / 200;

        assertThat(roofline.of(many)).isEqualTo(200e9);
        assertThat(roofline.part(many, nanos)).isCloseTo(1, within(CLOSE));
        assertThat(roofline.part(many, 2 * nanos)).isCloseTo(0.5, within(CLOSE));
    }
}
