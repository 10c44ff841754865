package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeaturePipelineTest {

    private static final String EVERYTHING =
            "r=A/B|log, d=A|log|diff|diff, l=B|lag(7)|diff, s=C|abs|log1p|sqrt|clip(0.5,2)|lag(3),"
                    + " A";

    @Test
    void transformsAreAppliedFromLeftToRight() {
        TestingKey key = TestingKey.of("x=A/B|log|abs|sqrt|clip(0.5,2)");

        double inside = key.accept(1, Math.exp(2.25));
        double cut = key.accept(1, 1);

        assertThat(inside).isEqualTo(1.5, within(1e-12));
        assertThat(cut).isEqualTo(0.5);
    }

    @Test
    void plainTransformsAreThoseOfTheirNames() {
        assertThat(TestingKey.of("x=A|log").accept(8)).isEqualTo(Math.log(8), within(1e-15));
        assertThat(TestingKey.of("x=A|log1p").accept(-0.5)).isEqualTo(Math.log(0.5), within(1e-15));
        assertThat(TestingKey.of("x=A|sqrt").accept(9)).isEqualTo(3);
        assertThat(TestingKey.of("x=A|abs").accept(-4)).isEqualTo(4);
        assertThat(TestingKey.of("x=A|clip(-1,1)").accept(-4)).isEqualTo(-1);
        assertThat(TestingKey.of("x=A/B").accept(1, 4)).isEqualTo(0.25);
    }

    @Test
    void diffIsZeroAtFirstEvent() {
        TestingKey key = TestingKey.of("x=A|diff");

        double[] differences = {key.accept(5), key.accept(7), key.accept(4), key.accept(4)};

        assertThat(differences).containsExactly(0, 2, -3, 0);
    }

    @Test
    void diffOfDiffStartsFromZeroToo() {
        TestingKey key = TestingKey.of("x=A|diff|diff");

        double[] differences = {key.accept(5), key.accept(7), key.accept(4)};

        assertThat(differences).containsExactly(0, 2, -5);
    }

    @Test
    void lagIsOldestValueUntilEnoughWereSeen() {
        TestingKey key = TestingKey.of("x=A|lag(3)");

        double[] lagged = new double[9];
        for (int i = 0; i < lagged.length; i++) {
            lagged[i] = key.accept(i + 10);
        }

        assertThat(lagged).containsExactly(10, 10, 10, 10, 11, 12, 13, 14, 15);
    }

    @Test
    void lagOfOneIsPreviousValue() {
        TestingKey key = TestingKey.of("x=A|lag(1)");

        double[] lagged = {key.accept(5), key.accept(7), key.accept(4)};

        assertThat(lagged).containsExactly(5, 5, 7);
    }

    @Test
    void numbersAreReadInOrderOfFields() {
        TestingKey key = TestingKey.of("x=B/A, y=C, z=A");

        double target = key.accept(6, 2, 100);

        assertThat(target).isEqualTo(3);
    }

    @Test
    void rowIsWrittenAtItsOffsetOnly() {
        var columns = Columns.parse("a=A, b=B", "a");
        var pipeline = new FeaturePipeline(columns, TestingKey.CONFIG);
        double[] memory = new double[pipeline.memorySize()];
        float[] rows = {9, 9, 9, 9, 9, 9};

        pipeline.advance(new double[] {1, 10}, TestingKey.FACTS, memory, rows, 2);
        pipeline.advance(new double[] {3, -10}, TestingKey.FACTS, memory, rows, 2);

        assertThat(rows).containsExactly(9, 9, 1, -1, 9, 9);
    }

    @Test
    void keysThatShareThePipelineDoNotMeet() {
        TestingKey alone = TestingKey.of(EVERYTHING);
        TestingKey together = TestingKey.of(EVERYTHING);
        double[] other = new double[together.memory.length];
        float[] otherRow = new float[together.row.length];
        Random random = new Random(1);

        for (int i = 0; i < 200; i++) {
            double[] numbers = numbers(random);
            alone.accept(numbers);
            together.pipeline.advance(numbers(random), TestingKey.FACTS, other, otherRow, 0);
            together.accept(numbers);

            assertThat(together.row).containsExactly(alone.row);
            assertThat(together.memory).containsExactly(alone.memory);
        }
    }

    @Test
    void restoredMemoryContinuesAsIfNeverStopped() {
        TestingKey whole = TestingKey.of(EVERYTHING);
        Random random = new Random(2);

        double[] saved = new double[whole.memory.length];
        for (int i = 0; i < 300; i++) {
            TestingKey restored = TestingKey.of(EVERYTHING);
            System.arraycopy(saved, 0, restored.memory, 0, saved.length);
            double[] numbers = numbers(random);
            whole.accept(numbers);
            restored.accept(numbers);
            saved = restored.memory;

            assertThat(restored.row).containsExactly(whole.row);
            assertThat(restored.memory).containsExactly(whole.memory);
        }
    }

    /** A step that turns out to be unusable later on is taken back by its caller. */
    @Test
    void memoryCopiedBeforeAnEventTakesItBack() {
        TestingKey disturbed = TestingKey.of(EVERYTHING);
        TestingKey spared = TestingKey.of(EVERYTHING);
        Random random = new Random(4);

        for (int i = 0; i < 200; i++) {
            double[] copy = disturbed.memory.clone();
            disturbed.accept(1e9 * random.nextDouble(), 1e-9, 1e12);
            System.arraycopy(copy, 0, disturbed.memory, 0, copy.length);
            double[] numbers = numbers(random);
            disturbed.accept(numbers);
            spared.accept(numbers);

            assertThat(disturbed.row).containsExactly(spared.row);
            assertThat(disturbed.memory).containsExactly(spared.memory);
        }
    }

    @Test
    void targetIsKnownFromTheFirstAcceptedEventOn() {
        TestingKey key = TestingKey.of("x=A|log|abs");

        boolean fresh = key.pipeline.hasTarget(key.memory);
        key.reject(0);
        boolean rejected = key.pipeline.hasTarget(key.memory);
        key.accept(1);
        boolean accepted = key.pipeline.hasTarget(key.memory);

        assertThat(fresh).isFalse();
        assertThat(rejected).isFalse();
        assertThat(accepted).isTrue();
    }

    @Test
    void memoryIsTargetStatisticsAndWhatTransformsRemember() {
        TestingKey key = TestingKey.of(EVERYTHING);

        int transforms = 2 + (7 + 1) + 3;

        assertThat(key.memory).hasSize(3 + 5 * 4 + transforms);
    }

    @Test
    void acceptedEventsAllocateNothing() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var columns = Columns.parse(EVERYTHING, "d");
        var pipeline = new FeaturePipeline(columns, TestingKey.CONFIG);
        double[] numbers = numbers(new Random(3));
        double[] memory = new double[pipeline.memorySize()];
        float[] row = new float[columns.width()];
        int events = 100_000;

        pipeline.advance(numbers, TestingKey.FACTS, memory, row, 0);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < events; i++) {
            pipeline.advance(numbers, TestingKey.FACTS, memory, row, 0);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        // what the measurement itself allocates is far below one byte an event
        assertThat(allocated).isLessThan(events);
    }

    @Test
    void arraysOfWrongSizesAreRefused() {
        var pipeline = new FeaturePipeline(Columns.parse("x=A/B, C", "C"), TestingKey.CONFIG);
        double[] numbers = new double[3];
        double[] memory = new double[pipeline.memorySize()];
        float[] rows = new float[2];

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> pipeline.advance(new double[2], TestingKey.FACTS, memory, rows, 0))
                .withMessage("event has 2 numbers; the columns read 3 fields: A, B, C");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> pipeline.advance(numbers, TestingKey.FACTS, new double[7], rows, 0))
                .withMessage("memory has 7 doubles; these columns need 11");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pipeline.advance(numbers, TestingKey.FACTS, memory, rows, 1))
                .withMessage("row of 2 inputs at 1 does not fit into 2 floats");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pipeline.target(new double[0]))
                .withMessage("memory has 0 doubles; these columns need 11");
    }

    private static double[] numbers(Random random) {
        return new double[] {
            Math.exp(random.nextGaussian()), 1 + random.nextDouble(), random.nextGaussian() * 1e3
        };
    }
}
