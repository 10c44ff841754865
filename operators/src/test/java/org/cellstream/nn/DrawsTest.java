package org.cellstream.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DrawsTest {

    private static final int DRAWS = 100_000;

    /** Four standard deviations of a mean of so many draws. */
    private static final double CHANCE = 4 / Math.sqrt(DRAWS);

    @Test
    void drawIsAFunctionOfSeedNameAndIndex() {
        double draw = new Draws(1, "a").uniform(3);

        assertThat(new Draws(1, "a").uniform(3)).isEqualTo(draw);
        assertThat(new Draws(2, "a").uniform(3)).isNotEqualTo(draw);
        assertThat(new Draws(1, "b").uniform(3)).isNotEqualTo(draw);
        assertThat(new Draws(1, "a").uniform(4)).isNotEqualTo(draw);
    }

    @Test
    void uniformDrawsFillTheirRangeEvenly() {
        Draws draws = new Draws(7, "x");

        double[] values = LongStream.range(0, DRAWS).mapToDouble(draws::uniform).toArray();

        assertThat(DoubleStream.of(values)).allMatch(value -> value > 0 && value < 1);
        assertThat(mean(DoubleStream.of(values))).isCloseTo(0.5, within(CHANCE));
        assertThat(mean(DoubleStream.of(values).map(u -> u * u)))
                .isCloseTo(1.0 / 3, within(CHANCE));
    }

    @Test
    void normalDrawsHaveMeanZeroAndVarianceOne() {
        Draws draws = new Draws(7, "x");

        double[] values = LongStream.range(0, DRAWS).mapToDouble(draws::normal).toArray();

        assertThat(mean(DoubleStream.of(values))).isCloseTo(0, within(CHANCE));
        assertThat(mean(DoubleStream.of(values).map(x -> x * x))).isCloseTo(1, within(2 * CHANCE));
    }

    @Test
    void neighbouringSeedsAreUnrelated() {
        double[] values =
                LongStream.range(0, DRAWS)
                        .mapToDouble(
                                seed ->
                                        new Draws(seed, "x").normal(0)
                                                * new Draws(seed + 1, "x").normal(0))
                        .toArray();

        assertThat(mean(DoubleStream.of(values))).isCloseTo(0, within(CHANCE));
    }

    private static double mean(DoubleStream values) {
        return values.average().orElseThrow();
    }
}
