package org.cellstream.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.cellstream.config.OptimiserConfig;
import org.cellstream.config.ScheduleConfig;
import org.cellstream.nn.Network;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

class OptimiserTest {

    /** Relative to the weight or to 1; both are float64. */
    private static final double DOUBLE_TOLERANCE = 1e-6;

    /** Some dozen roundings of float32. */
    private static final double FLOAT_TOLERANCE = 1e-5;

    /** A network of 8 weights. */
    private static final Network NETWORK = Network.of(7).dense(1);

    private static final Reference REFERENCE = read();

    /** What PyTorch reached; {@code pytorch_optimisers.py} made it. */
    record Reference(double learningRate, double[] first, double[][] gradients, List<Case> cases) {}

    record Case(
            String optimiser,
            String schedule,
            double clipNorm,
            @Nullable Double clipValue,
            double[] rates,
            double[][] weights) {

        OptimiserConfig config() {
            return new OptimiserConfig(
                    OptimiserConfig.Method.parse(optimiser),
                    REFERENCE.learningRate(),
                    ScheduleConfig.parse(schedule),
                    clipNorm,
                    clipValue);
        }

        @Override
        public String toString() {
            return optimiser + " " + schedule + " " + clipNorm + " " + clipValue;
        }
    }

    private static Reference read() {
        try (InputStream in = OptimiserTest.class.getResourceAsStream("optimisers.json")) {
            return new ObjectMapper().readValue(Objects.requireNonNull(in), Reference.class);
        } catch (IOException e) {
            throw new AssertionError("cannot read the reference", e);
        }
    }

    static List<Case> cases() {
        return REFERENCE.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void twentyStepsEndWherePyTorchEnds(Case reference) {
        follows(reference, DataType.DOUBLE, DOUBLE_TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void inFloatTheyDoButForRounding(Case reference) {
        follows(reference, DataType.FLOAT, FLOAT_TOLERANCE);
    }

    private static void follows(Case reference, DataType precision, double tolerance) {
        try (var parameters = new ParameterMatrices(NETWORK, precision);
                var optimiser = new Optimiser(parameters, reference.config())) {
            set(parameters.weights(), REFERENCE.first());
            for (int step = 0; step < REFERENCE.gradients().length; step++) {
                set(parameters.gradient(), REFERENCE.gradients()[step]);
                optimiser.step(optimiser.gradientNorm());

                for (int i = 0; i < REFERENCE.first().length; i++) {
                    double expected = reference.weights()[step][i];
                    assertThat(parameters.weights().get(i))
                            .as("weight %d after step %d", i, step)
                            .isCloseTo(
                                    expected, within(tolerance * Math.max(1, Math.abs(expected))));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void ratesAreThoseOfPyTorchsSchedules(Case reference) {
        ScheduleConfig schedule = ScheduleConfig.parse(reference.schedule());

        for (int step = 0; step < reference.rates().length; step++) {
            assertThat(REFERENCE.learningRate() * schedule.factorAt(step))
                    .as("step %d", step)
                    .isCloseTo(reference.rates()[step], within(1e-12));
        }
    }

    @ParameterizedTest
    @EnumSource(OptimiserConfig.Kind.class)
    void goingOnFromItsStateEqualsNeverStopping(OptimiserConfig.Kind kind) {
        OptimiserConfig config =
                new OptimiserConfig(
                        OptimiserConfig.Method.parse(
                                kind == OptimiserConfig.Kind.SGD ? "sgd(0.9)" : kind.toString()),
                        0.1,
                        ScheduleConfig.parse("warm-up(3) exponential(0.9)"),
                        1,
                        null);
        try (var parameters = new ParameterMatrices(NETWORK, DataType.FLOAT);
                var optimiser = new Optimiser(parameters, config);
                var others = new ParameterMatrices(NETWORK, DataType.FLOAT);
                var restored = new Optimiser(others, config)) {
            set(parameters.weights(), REFERENCE.first());
            steps(parameters, optimiser, 0, 5);
            restored.load(optimiser.state());

            steps(parameters, optimiser, 5, 10);
            steps(others, restored, 5, 10);

            assertThat(restored.state()).isEqualTo(optimiser.state());
            assertThat(restored.state().steps()).isEqualTo(10);
        }
    }

    @Test
    void anotherOptimiserKeepsWeightsAlone() {
        OptimiserConfig adam = OptimiserConfig.adam(0.1, 1);
        OptimiserConfig sgd =
                new OptimiserConfig(
                        OptimiserConfig.Method.parse("sgd(momentum=0.9)"),
                        0.1,
                        ScheduleConfig.constant(),
                        1,
                        null);
        try (var parameters = new ParameterMatrices(NETWORK, DataType.FLOAT);
                var before = new Optimiser(parameters, adam);
                var after = new Optimiser(parameters, sgd)) {
            set(parameters.weights(), REFERENCE.first());
            steps(parameters, before, 0, 5);
            LearnerState state = before.state();

            after.load(state);

            assertThat(after.state())
                    .isEqualTo(
                            new LearnerState(
                                    OptimiserConfig.Kind.SGD,
                                    state.weights(),
                                    new float[8],
                                    new float[0],
                                    0));
        }
    }

    private static void steps(ParameterMatrices of, Optimiser optimiser, int from, int to) {
        for (int step = from; step < to; step++) {
            set(of.gradient(), REFERENCE.gradients()[step]);
            optimiser.step(optimiser.gradientNorm());
        }
    }

    private static void set(Matrix matrix, double[] values) {
        for (int i = 0; i < values.length; i++) {
            matrix.set(i, values[i]);
        }
    }
}
