package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.cellstream.config.StandardisationConfig;

/** One key with its own memory, and the row that its last event gave. */
final class TestingKey {

    static final StandardisationConfig CONFIG = new StandardisationConfig(0.002, 6);

    final FeaturePipeline pipeline;
    final double[] memory;
    final float[] row;

    private TestingKey(FeaturePipeline pipeline, int width) {
        this.pipeline = pipeline;
        memory = new double[pipeline.memorySize()];
        row = new float[width];
    }

    /** A fresh key with columns of which the first one is the target. */
    static TestingKey of(String columns) {
        return of(columns, CONFIG);
    }

    static TestingKey of(String columns, StandardisationConfig config) {
        Columns parsed = Columns.parse(columns, ColumnParser.parse(columns).get(0).name());
        return new TestingKey(new FeaturePipeline(parsed, config), parsed.width());
    }

    /** Takes in an event that must be accepted; returns the target after its transforms. */
    double accept(double... numbers) {
        assertThat(pipeline.advance(numbers, memory, row, 0)).isNull();
        return pipeline.target(memory);
    }

    /** Takes in an event that must be rejected. */
    FeatureFailure reject(double... numbers) {
        return Objects.requireNonNull(pipeline.advance(numbers, memory, row, 0), "accepted");
    }
}
