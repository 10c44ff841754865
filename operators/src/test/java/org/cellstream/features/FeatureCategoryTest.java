package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.cellstream.features.FeatureFailure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureCategoryTest {

    @Test
    void indexGoesToTheNetworkAsItIs() {
        TestingKey key = TestingKey.of("price=A, kind=B|category(12)");

        List<Float> indices = new ArrayList<>();
        for (double index : new double[] {3, 11, 0, 3, -0.0}) {
            key.accept(1, index);
            indices.add(key.row[1]);
        }

        assertThat(indices).containsExactly(3f, 11f, 0f, 3f, 0f);
    }

    @ParameterizedTest
    @ValueSource(doubles = {12, -1, 0.5, 1e300, -1e300, Long.MAX_VALUE})
    void numberThatIsNoCategoryRejectsTheEventAndChangesNothing(double value) {
        TestingKey key = TestingKey.of("price=A, kind=B|category(12)");
        key.accept(1, 2);
        double[] memory = key.memory.clone();

        FeatureFailure failure = key.reject(1, value);

        assertThat(failure)
                .isEqualTo(
                        new FeatureFailure(
                                Kind.TRANSFORM,
                                "kind",
                                Double.toString(value),
                                "column kind: category(12) cannot take %s, from B of %s; it takes whole numbers from 0 to 11"
                                        .formatted(value, value)));
        assertThat(key.memory).containsExactly(memory);
    }

    @Test
    void categoriesComeLastInTheNetworksRowWhereverTheyAreWritten() {
        Columns columns =
                Columns.parse("kind=B|category(4), price=A, id=key|category(9), C", "price");
        TestingKey key = TestingKey.of(columns);

        key.accept(2, 10, 7);
        key.accept(3, 20, 9);

        assertThat(columns.inputs())
                .containsExactly(
                        new NetworkInput("price", 0),
                        new NetworkInput("C", 0),
                        new NetworkInput("kind", 4),
                        new NetworkInput("id", 9));
        assertThat(key.row).startsWith(1f, 1f, 3f);
        assertThat(columns.fields()).containsExactly("B", "A", "C");
    }

    @Test
    void transformsBeforeACategoryRememberAsBeforeAnyOther() {
        TestingKey key = TestingKey.of("price=A, before=B|lag(1)|category(5)");

        key.accept(1, 3);
        key.accept(1, 4);
        float afterTwo = key.row[1];
        key.accept(1, 0);

        assertThat(afterTwo).isEqualTo(3f);
        assertThat(key.row[1]).isEqualTo(4f);
    }

    /** The numbers are {@code zlib.crc32(key.encode()) % n} of Python 3.11. */
    @ParameterizedTest
    @CsvSource({"AAL, 500, 34", "sensor-1, 500, 215", "'', 500, 0", "größe 温, 999999, 440380"})
    void keysBucketIsItsChecksum(String text, int buckets, int expected) {
        TestingKey key = TestingKey.of("price=A, id=key|category(" + buckets + ")");

        key.acceptOf(new EventFacts(text, 0, 0), 1);

        assertThat(key.row[1]).isEqualTo(expected);
    }

    @Test
    void keyThatIsNoTextIsReadByItsText() {
        TestingKey number = TestingKey.of("price=A, id=key|category(500)");
        TestingKey text = TestingKey.of("price=A, id=key|category(500)");

        number.acceptOf(new EventFacts(4711L, 0, 0), 1);
        text.acceptOf(new EventFacts("4711", 0, 0), 1);

        assertThat(number.row).containsExactly(text.row);
    }

    @Test
    void categoryTakesNoMoreMemoryThanItsCount() {
        TestingKey key = TestingKey.of("price=A, id=key|category(500), angle=B|diff|cyclic(360)");

        assertThat(key.memory).hasSize(3 + 4 + 1 + (1 + 1));
    }

    @Test
    void classThatIsForecastIsItsIndex() {
        TestingKey key = TestingKey.of("kind=B|category(5)");

        double target = key.accept(4);

        assertThat(target).isEqualTo(4);
        assertThat(key.pipeline.undoable()).isTrue();
        assertThat(key.pipeline.undo(3, key.memory)).isEqualTo(3);
    }

    @Test
    void categoryKeepsItsMemoryAmongOtherColumns() {
        Columns before = Columns.parse("price=A, kind=B|diff|category(9)", "price");
        Columns now = Columns.parse("k=B|diff|category(9), C, price=A", "price");
        TestingKey key = TestingKey.of(before);
        key.accept(5, 1);
        key.accept(6, 3);

        TestingKey mapped =
                TestingKey.with(now, FeatureMapping.between(before, now).map(key.memory));
        mapped.accept(7, 0, 6);
        key.accept(6, 7);

        assertThat(mapped.row[2]).isEqualTo(4f).isEqualTo(key.row[1]);
        assertThat(mapped.row[1]).isEqualTo(key.row[0]);
    }
}
