package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.cellstream.features.FeatureFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureRejectionTest {

    private static final String COLUMNS =
            "first=A|log|diff|lag(2), middle=B/C|lag(3)|sqrt|diff, last=D|diff|log1p|diff";

    /** Events that each of the columns cannot take, and others of which some number is none. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1", // log of 0 in the first column
        "-3, 1, 1, 1",
        "1, 1, 0, 1", // a ratio without result in the middle column
        "1, 0, 0, 1",
        "1, 1e300, 1e-300, 1",
        "1, 1, 1, -1e9", // log1p of a large negative difference in the last column
        "NaN, 1, 1, 1",
        "1, 1, NaN, 1",
        "1, 1, 1, NaN",
        "Infinity, 1, 1, 1",
        "1, -Infinity, 1, 1",
        "1, 1, 1, Infinity",
        "0, NaN, 0, Infinity"
    })
    void rejectedEventChangesNothing(double a, double b, double c, double d) {
        TestingKey disturbed = TestingKey.of(COLUMNS);
        TestingKey spared = TestingKey.of(COLUMNS);
        Random random = new Random(5);

        for (int i = 0; i < 50; i++) {
            double[] numbers = {1 + random.nextDouble(), random.nextDouble(), 2, i};
            if (i > 0) {
                double[] memory = disturbed.memory.clone();
                float[] row = disturbed.row.clone();
                disturbed.reject(a, b, c, d);
                assertThat(bits(disturbed.memory)).containsExactly(bits(memory));
                assertThat(disturbed.row).containsExactly(row);
            }
            disturbed.accept(numbers);
            spared.accept(numbers);
        }

        assertThat(bits(disturbed.memory)).containsExactly(bits(spared.memory));
        assertThat(disturbed.row).containsExactly(spared.row);
    }

    @Test
    void rejectedFirstEventLeavesMemoryFresh() {
        TestingKey key = TestingKey.of(COLUMNS);

        key.reject(1, 1, 0, 1);

        assertThat(key.memory).containsOnly(0);
        assertThat(key.row).containsOnly(0);
    }

    /**
     * The root of a lagged negative value: the value is accepted, and rejects the events that meet
     * it later.
     */
    @Test
    void transformMayFailOverRememberedValue() {
        TestingKey key = TestingKey.of("x=A|lag(1)|sqrt, y=A");
        key.accept(4);

        key.accept(-1);
        FeatureFailure failure = key.reject(9);

        assertThat(failure.reason())
                .isEqualTo(
                        "column x: sqrt cannot take -1.0, from A of 9.0; it takes numbers from 0");
    }

    @Test
    void emptyNumberIsNamedWithColumnAndField() {
        FeatureFailure failure = TestingKey.of("a=A|log, r=High/Low|log").reject(1, 2, Double.NaN);

        assertThat(failure)
                .isEqualTo(
                        new FeatureFailure(
                                Kind.EMPTY_NUMBER,
                                "r",
                                "",
                                "column r: field Low is empty; need a finite number"));
    }

    @Test
    void infiniteNumberIsNamedWithColumnAndField() {
        FeatureFailure failure = TestingKey.of("a=A|log").reject(Double.NEGATIVE_INFINITY);

        assertThat(failure)
                .isEqualTo(
                        new FeatureFailure(
                                Kind.NOT_A_NUMBER,
                                "a",
                                "-Infinity",
                                "column a: field A is -Infinity; need a finite number"));
    }

    @Test
    void emptyNumberCountsBeforeTransformsThatFail() {
        FeatureFailure failure = TestingKey.of("a=A|log, b=B").reject(0, Double.NaN);

        assertThat(failure.kind()).isEqualTo(Kind.EMPTY_NUMBER);
    }

    @Test
    void transformIsNamedWithColumnValueAndWhatItTakes() {
        FeatureFailure failure = TestingKey.of("a=A, volume=Volume|log").reject(1, 0);

        assertThat(failure)
                .isEqualTo(
                        new FeatureFailure(
                                Kind.TRANSFORM,
                                "volume",
                                "0.0",
                                "column volume: log cannot take 0.0, from Volume of 0.0; it takes"
                                        + " numbers above 0"));
    }

    @Test
    void ratioWithoutResultIsNamedWithBothNumbers() {
        FeatureFailure failure = TestingKey.of("r=High/Low|log").reject(3, 0);

        assertThat(failure)
                .isEqualTo(
                        new FeatureFailure(
                                Kind.TRANSFORM,
                                "r",
                                "3.0/0.0",
                                "column r: High/Low is 3.0/0.0, which is not finite; a ratio takes"
                                        + " a divisor other than 0 and needs a finite result"));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -1.5, Double.NEGATIVE_INFINITY})
    void log1pTakesNumbersAboveMinusOne(double value) {
        FeatureFailure failure = TestingKey.of("x=A|log1p").reject(value);

        assertThat(failure.column()).isEqualTo("x");
    }

    @Test
    void differenceThatOverflowsIsRejected() {
        TestingKey key = TestingKey.of("x=A|diff");
        key.accept(Double.MAX_VALUE);

        FeatureFailure failure = key.reject(-Double.MAX_VALUE);

        assertThat(failure.kind()).isEqualTo(Kind.TRANSFORM);
        assertThat(failure.reason())
                .endsWith("numbers whose difference to the previous one is finite");
    }

    private static long[] bits(double[] numbers) {
        long[] bits = new long[numbers.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Double.doubleToRawLongBits(numbers[i]);
        }
        return bits;
    }
}
