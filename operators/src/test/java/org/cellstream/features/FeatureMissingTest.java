package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.cellstream.features.FeatureFailure.Kind;
import org.junit.jupiter.api.Test;

class FeatureMissingTest {

    private static final double MISSING = Double.NaN;
    private static final int MASK = 2;
    private static final int SINCE = 3;

    @Test
    void columnThatMayBeMissingMakesThreeInputs() {
        Columns columns = Columns.parse("price=A, volume=B|log|missing", "price");

        assertThat(columns.inputNames()).containsExactly("price", "volume", "volume", "volume");
        assertThat(columns.fieldsThatMayBeMissing()).containsExactly("B");
        assertThat(columns).hasToString("price=A, volume=B|log|missing");
    }

    @Test
    void valueThatComesGivesTheNumberOfAColumnThatMayNotBeMissing() {
        TestingKey may = TestingKey.of("price=A, volume=B|log1p|missing");
        TestingKey mayNot = TestingKey.of("price=A, volume=B|log1p");

        for (int i = 1; i < 50; i++) {
            may.accept(i, i % 7);
            mayNot.accept(i, i % 7);

            assertThat(may.row[1]).isEqualTo(mayNot.row[1]);
            assertThat(may.row[MASK]).isZero();
        }
    }

    @Test
    void lastValueStandsInPlaceOfOneThatIsMissingAndChangesNoStatistics() {
        TestingKey gaps = TestingKey.of("price=A, volume=B|diff|missing");
        TestingKey whole = TestingKey.of("price=A, volume=B|diff|missing");
        for (int i = 1; i < 20; i++) {
            gaps.accept(i, i * i);
            whole.accept(i, i * i);
        }
        float last = gaps.row[1];

        gaps.accept(20, MISSING);
        assertThat(gaps.row[1]).isEqualTo(last);
        assertThat(gaps.row[MASK]).isEqualTo(1);

        gaps.accept(21, 500);
        whole.accept(21, 500);
        assertThat(gaps.row[1]).isEqualTo(whole.row[1]);
        assertThat(gaps.row[MASK]).isZero();
    }

    @Test
    void timeSinceTheLastValueGrowsWhileNoneComes() {
        TestingKey key = TestingKey.of("price=A, volume=B|missing");
        key.acceptOf(new EventFacts("key", 1_000, 0), 1, 5);
        key.acceptOf(new EventFacts("key", 61_000, 60), 2, MISSING);
        float afterAMinute = key.row[SINCE];
        key.acceptOf(new EventFacts("key", 3_601_000, 3540), 3, MISSING);
        float afterAnHour = key.row[SINCE];
        key.acceptOf(new EventFacts("key", 3_602_000, 1), 4, 6);

        assertThat(afterAMinute).isPositive();
        assertThat(afterAnHour).isGreaterThan(afterAMinute);
        assertThat(key.row[SINCE]).isNegative();
    }

    @Test
    void keyOfWhichNoValueCameHasZeros() {
        TestingKey key = TestingKey.of("price=A, ratio=B/C|missing");

        key.accept(1, MISSING, 2);
        assertThat(key.row).containsExactly(0, 0, 1, 0);
        key.accept(2, 3, MISSING);
        assertThat(key.row[1]).isZero();
        assertThat(key.row[MASK]).isEqualTo(1);
    }

    @Test
    void fieldThatAnotherColumnNeedsMayNotBeMissing() {
        TestingKey key = TestingKey.of("price=A, volume=B|missing, again=B|log1p");

        FeatureFailure failure = key.reject(1, MISSING);

        assertThat(failure.kind()).isEqualTo(Kind.EMPTY_NUMBER);
        assertThat(key.memory).containsOnly(0);
    }

    @Test
    void infiniteNumberIsNotAMissingOne() {
        FeatureFailure failure =
                TestingKey.of("price=A, volume=B|missing").reject(1, Double.POSITIVE_INFINITY);

        assertThat(failure.kind()).isEqualTo(Kind.NOT_A_NUMBER);
    }

    @Test
    void missingComesLastAndIsNotForTheTargetNorForWhatEveryEventHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Columns.parse("price=A, volume=B|missing|log", "price"))
                .withMessageContaining("follows missing, which comes last");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Columns.parse("price=A|missing", "price"))
                .withMessageContaining("target \"price\" may be missing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Columns.parse("price=A, wait=gap|missing", "price"))
                .withMessageContaining("follows gap, which every event has");
    }
}
