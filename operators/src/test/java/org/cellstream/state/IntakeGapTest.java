package org.cellstream.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.cellstream.config.StandardisationConfig;
import org.cellstream.event.Event;
import org.cellstream.features.Columns;
import org.cellstream.features.EventFacts;
import org.cellstream.features.FeaturePipeline;
import org.cellstream.nn.Network;
import org.junit.jupiter.api.Test;

class IntakeGapTest {

    private static final Columns COLUMNS = Columns.parse("a, gap", "a");
    private static final StandardisationConfig STANDARDISATION = new StandardisationConfig(0.1, 6);

    private final Intake intake =
            new Intake(
                    new MemoryShape(Network.parse("lstm(3) dense(1)", COLUMNS.width()), COLUMNS),
                    STANDARDISATION);
    private final KeyMemory memory = intake.newMemory();
    private final float[] row = new float[COLUMNS.width()];

    @Test
    void gapIsTheSecondsSinceTheLastAcceptedEvent() {
        FeaturePipeline pipeline = new FeaturePipeline(COLUMNS, STANDARDISATION);
        double[] features = new double[pipeline.memorySize()];
        float[] expected = new float[COLUMNS.width()];
        long[] times = {1_000_000, 1_000_000, 1_000_250, 1_060_250};
        double[] gaps = {0, 0, 0.25, 60};

        for (int i = 0; i < times.length; i++) {
            EventFacts facts = new EventFacts("key", times[i], gaps[i]);
            pipeline.advance(new double[] {i}, facts, features, expected, 0);
            assertThat(intake.take(Event.of("key", times[i], i), memory, row, 0)).isNull();

            assertThat(row).containsExactly(expected);
        }
        assertThat(memory.features()).containsExactly(features);
    }

    @Test
    void rejectedEventDoesNotShortenTheGap() {
        KeyMemory spared = intake.newMemory();
        intake.take(Event.of("key", 1_000, 1), memory, row, 0);
        intake.take(Event.of("key", 1_000, 1), spared, row, 0);

        assertThat(intake.take(Event.of("key", 5_000, Double.NaN), memory, row, 0)).isNotNull();
        intake.take(Event.of("key", 9_000, 2), memory, row, 0);
        intake.take(Event.of("key", 9_000, 2), spared, row, 0);

        assertThat(memory).isEqualTo(spared);
    }

    @Test
    void gapBetweenTheFarthestTimesIsFinite() {
        intake.take(Event.of("key", Long.MIN_VALUE + 1, 1), memory, row, 0);

        assertThat(intake.take(Event.of("key", Long.MAX_VALUE, 1), memory, row, 0)).isNull();
    }
}
