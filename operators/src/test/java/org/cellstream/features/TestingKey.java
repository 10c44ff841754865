package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.cellstream.config.StandardisationConfig;

/** One key with its own memory, and the row that its last event gave. */
final class TestingKey {

    static final StandardisationConfig CONFIG = new StandardisationConfig(0.002, 6);

    /** Of an event of which nothing but the numbers counts. */
    static final EventFacts FACTS = new EventFacts("key", 0, 0);

    final FeaturePipeline pipeline;
    final double[] memory;
    final float[] row;

    private TestingKey(FeaturePipeline pipeline, double[] memory, int width) {
        this.pipeline = pipeline;
        this.memory = memory;
        row = new float[width];
    }

    /** A fresh key with columns of which the first one is the target. */
    static TestingKey of(String columns) {
        return of(columns, CONFIG);
    }

    static TestingKey of(String columns, StandardisationConfig config) {
        Columns parsed = Columns.parse(columns, ColumnParser.parse(columns).get(0).name());
        var pipeline = new FeaturePipeline(parsed, config);
        return new TestingKey(pipeline, new double[pipeline.memorySize()], parsed.width());
    }

    /** A fresh key. */
    static TestingKey of(Columns columns) {
        var pipeline = new FeaturePipeline(columns, CONFIG);
        return new TestingKey(pipeline, new double[pipeline.memorySize()], columns.width());
    }

    /** A key that goes on with a memory, which it now owns. */
    static TestingKey with(Columns columns, double[] memory) {
        return new TestingKey(new FeaturePipeline(columns, CONFIG), memory, columns.width());
    }

    /** Takes in an event that must be accepted; returns the target after its transforms. */
    double accept(double... numbers) {
        return acceptAfter(0, numbers);
    }

    /** The same, some seconds after the last event. */
    double acceptAfter(double gapSeconds, double... numbers) {
        return acceptOf(new EventFacts("key", 0, gapSeconds), numbers);
    }

    /** The same, of an event of which more than the numbers counts. */
    double acceptOf(EventFacts facts, double... numbers) {
        assertThat(pipeline.advance(numbers, facts, memory, row, 0)).isNull();
        return pipeline.target(memory);
    }

    /** Takes in an event that must be rejected. */
    FeatureFailure reject(double... numbers) {
        return rejectAfter(0, numbers);
    }

    /** The same, some seconds after the last event. */
    FeatureFailure rejectAfter(double gapSeconds, double... numbers) {
        return Objects.requireNonNull(
                pipeline.advance(numbers, new EventFacts("key", 0, gapSeconds), memory, row, 0),
                "accepted");
    }
}
