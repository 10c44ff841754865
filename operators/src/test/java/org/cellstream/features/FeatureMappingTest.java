package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureMappingTest {

    private static final String BEFORE = "a=A|log, b=B|diff";

    /** Columns of now, how many of them stay, whether the target (the first) does. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "a=A|log, b=B|diff; 2; true", // the same
                "a=A|log, b=B|diff, c=C; 2; true", // one more
                "a=A|log; 1; true", // one less
                "b=B|diff, a=A|log; 2; false", // other order, and so another target
                "x=A|log, y=B|diff; 2; true", // other names
                "b=A|log, a=B|diff; 2; true", // names exchanged
                "a=A|log, b=B|diff|abs; 1; true", // other transforms
                "a=A|log1p, b=B|diff; 1; false", // the target's transform is another
                "a=A/B|log, b=C|diff; 0; false", // other sources
                "a=A|log, b=A|log, c=B|diff; 3; true", // one column twice
                "a=B|log, b=A|diff; 0; false"
            })
    void columnsOfSameSourceAndTransformsStay(String text, int kept, boolean target) {
        Columns now = first(text);

        FeatureMapping mapping = FeatureMapping.between(first(BEFORE), now);

        assertThat(mapping.kept()).isEqualTo(kept);
        assertThat(mapping.of()).isEqualTo(now.width());
        assertThat(mapping.keepsTarget()).isEqualTo(target);
        assertThat(mapping.keepsAll()).isEqualTo(target && kept == now.width());
    }

    @Test
    void otherTargetAmongSameColumnsStartsCold() {
        Columns before = Columns.parse(BEFORE, "a");
        TestingKey key = TestingKey.of(before);
        key.accept(2, 3);
        key.accept(4, 5);
        Columns now = Columns.parse(BEFORE, "b");

        TestingKey mapped =
                TestingKey.with(now, FeatureMapping.between(before, now).map(key.memory));

        assertThat(mapped.pipeline.hasTarget(mapped.memory)).isFalse();
        assertThat(mapped.pipeline.target(mapped.memory)).isZero();
        assertThat(mapped.pipeline.changeScale(mapped.memory)).isZero();
        assertThat(mapped.accept(4, 8)).isEqualTo(3);
        assertThat(mapped.pipeline.changeScale(mapped.memory)).isZero();
        assertThat(mapped.accept(4, 8)).isEqualTo(0);
        assertThat(mapped.pipeline.changeScale(mapped.memory)).isEqualTo(3);
    }

    @Test
    void keptTargetIsKnownBeforeTheNextEvent() {
        Columns before = first(BEFORE);
        TestingKey key = TestingKey.of(before);
        key.accept(1, 3);
        key.accept(Math.exp(2), 5);
        Columns now = Columns.parse("c=C, z=A|log", "z");

        TestingKey mapped =
                TestingKey.with(now, FeatureMapping.between(before, now).map(key.memory));

        assertThat(mapped.pipeline.hasTarget(mapped.memory)).isTrue();
        assertThat(mapped.pipeline.target(mapped.memory)).isEqualTo(2);
        assertThat(mapped.pipeline.changeScale(mapped.memory)).isEqualTo(2);
    }

    @Test
    void mappingLeavesTheMemoryBeforeAsItWas() {
        Columns before = first(BEFORE);
        TestingKey key = TestingKey.of(before);
        key.accept(2, 3);
        double[] copy = key.memory.clone();

        double[] mapped = FeatureMapping.between(before, before).map(key.memory);
        mapped[0] = 99;

        assertThat(key.memory).containsExactly(copy);
    }

    @Test
    void memoryOfOtherColumnsIsRefused() {
        FeatureMapping mapping = FeatureMapping.between(first(BEFORE), first("c=C"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> mapping.map(new double[7]))
                .withMessage("memory has 7 doubles; these columns need 12");
    }

    @Test
    void textSaysWhatStays() {
        Columns before = first(BEFORE);

        assertThat(FeatureMapping.between(before, first("a=A|log, c=C")))
                .hasToString("1 of 2 columns and the target keep their memory");
        assertThat(FeatureMapping.between(before, first("c=C, a=A|log")))
                .hasToString("1 of 2 columns but not the target keep their memory");
    }

    private static Columns first(String text) {
        return Columns.parse(text, ColumnParser.parse(text).get(0).name());
    }
}
