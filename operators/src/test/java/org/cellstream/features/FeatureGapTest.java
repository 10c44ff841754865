package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.cellstream.features.FeatureFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureGapTest {

    @Test
    void gapIsNoFieldOfTheEvent() {
        Columns columns = Columns.parse("wait=gap|log1p, price=Close/Open, gap", "price");

        assertThat(columns.fields()).containsExactly("Close", "Open");
        assertThat(columns.names()).containsExactly("wait", "price", "gap");
    }

    @Test
    void gapAloneIsColumnOfItsName() {
        Columns bare = Columns.parse("Close, gap", "Close");

        Columns spelled = Columns.parse("Close, gap = gap", "Close");

        assertThat(bare).isEqualTo(spelled).hasToString("Close, gap");
    }

    /** A gap gives the row that a field of the same number gives. */
    @Test
    void gapIsTransformedAndStandardisedAsAFieldIs() {
        TestingKey gaps = TestingKey.of("price=A, g=gap, wait=gap|log1p|diff, old=gap|lag(2)");
        TestingKey fields = TestingKey.of("price=A, g=B, wait=B|log1p|diff, old=B|lag(2)");

        for (double seconds : new double[] {0, 0.25, 60, 0, 86_400, 1, 1e9, 3}) {
            gaps.acceptAfter(seconds, 5);
            fields.accept(5, seconds);

            assertThat(gaps.row).containsExactly(fields.row);
            assertThat(gaps.memory).containsExactly(fields.memory);
        }
        assertThat(gaps.row[1]).isNotZero();
    }

    @Test
    void gapThatATransformCannotTakeRejectsTheEventAndChangesNothing() {
        TestingKey key = TestingKey.of("price=A|diff, wait=gap|diff|log1p");
        key.accept(5);
        key.acceptAfter(9, 6);
        double[] memory = key.memory.clone();

        FeatureFailure failure = key.rejectAfter(2, 7);

        assertThat(failure)
                .isEqualTo(
                        new FeatureFailure(
                                Kind.TRANSFORM,
                                "wait",
                                "2.0",
                                "column wait: log1p cannot take -7.0, from gap of 2.0; it takes"
                                        + " numbers above -1"));
        assertThat(key.memory).containsExactly(memory);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.001, Double.NaN, Double.POSITIVE_INFINITY})
    void gapMustBeFiniteAndNotNegative(double gap) {
        TestingKey key = TestingKey.of("price=A");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> key.acceptAfter(gap, 1))
                .withMessage("gap is " + gap + " seconds; need a finite number from 0");
        assertThat(key.memory).containsOnly(0);
    }

    @Test
    void columnsWithoutGapDoNotDependOnIt() {
        TestingKey near = TestingKey.of("x=A|log|diff, y=A/B|lag(2)");
        TestingKey far = TestingKey.of("x=A|log|diff, y=A/B|lag(2)");

        for (int i = 1; i < 20; i++) {
            near.accept(i, 2);
            far.acceptAfter(1e6 * i, i, 2);
        }

        assertThat(far.row).containsExactly(near.row);
        assertThat(far.memory).containsExactly(near.memory);
    }
}
