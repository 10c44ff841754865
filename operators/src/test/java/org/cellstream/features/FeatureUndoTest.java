package org.cellstream.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureUndoTest {

    /** Relative error of a few inexact operations on doubles. */
    private static final double ROUNDING = 1e-12;

    /** The target of the next event, undone before that event, is what the event then holds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "x=A",
                "x=A|log",
                "x=A|log1p",
                "x=A|sqrt",
                "x=A|diff",
                "x=A|log|diff",
                "x=A|sqrt|diff|diff",
                "x=A|log1p|log1p|diff"
            })
    void undoIsInverseOfTransforms(String columns) {
        TestingKey key = TestingKey.of(columns);
        Random random = new Random(6);
        key.accept(2);

        for (int i = 0; i < 200; i++) {
            double next = Math.exp(random.nextGaussian());
            double[] before = key.memory.clone();
            double target = key.accept(next);

            double undone = key.pipeline.undo(target, before);

            assertThat(undone).isEqualTo(next, within(ROUNDING * (1 + next)));
        }
        assertThat(key.pipeline.undoable()).isTrue();
    }

    @Test
    void ratioIsUndoneToTheRatio() {
        TestingKey key = TestingKey.of("range=High/Low|log");

        double target = key.accept(3, 2);

        assertThat(key.pipeline.undo(target, key.memory)).isEqualTo(1.5, within(ROUNDING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=A|lag(1)", "x=A|abs", "x=A|clip(0,1)", "x=A|log|abs|diff"})
    void transformsThatLoseValuesCannotBeUndone(String columns) {
        TestingKey key = TestingKey.of(columns);
        key.accept(0.5);

        assertThat(key.pipeline.undoable()).isFalse();
        assertThatIllegalStateException()
                .isThrownBy(() -> key.pipeline.undo(0.5, key.memory))
                .withMessageEndingWith("cannot be undone");
    }

    @Test
    void onlyTheTargetHasToBeUndoable() {
        TestingKey key = TestingKey.of("x=A|log, y=A|abs");

        boolean undoable = key.pipeline.undoable();

        assertThat(undoable).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x=A|log", "x=A|log1p", "x=A|sqrt", "x=A|diff|log1p"})
    void forecastOfAnySizeIsUndoneToFiniteNumber(String columns) {
        TestingKey key = TestingKey.of(columns);
        key.accept(1);

        for (double forecast : new double[] {Double.MAX_VALUE, -Double.MAX_VALUE, 1e4, -1e4}) {
            assertThat(Double.isFinite(key.pipeline.undo(forecast, key.memory))).isTrue();
        }
    }

    @Test
    void negativeForecastOfRootIsUndoneToZero() {
        TestingKey key = TestingKey.of("x=A|sqrt");
        key.accept(4);

        double undone = key.pipeline.undo(-0.25, key.memory);

        assertThat(undone).isZero();
    }

    @Test
    void undoChangesNothing() {
        TestingKey key = TestingKey.of("x=A|log|diff");
        key.accept(4);
        double[] memory = key.memory.clone();

        key.pipeline.undo(0.5, key.memory);

        assertThat(key.memory).containsExactly(memory);
    }
}
