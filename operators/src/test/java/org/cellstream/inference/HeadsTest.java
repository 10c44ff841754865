package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.cellstream.TestingMetrics;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.LearningConfig;
import org.cellstream.config.LossConfig;
import org.cellstream.config.OptimiserConfig;
import org.cellstream.config.TrainingConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.WeightUpdate;
import org.cellstream.state.MemoryShape;
import org.cellstream.training.TrainingOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a trained network forecasts by each loss, and what is counted of it live. */
class HeadsTest {

    private static final List<String> COUNTS =
            List.of(
                    "intervalEvents",
                    "coveredEvents",
                    "classEvents",
                    "correctClasses",
                    "absoluteErrorSum",
                    "persistenceAbsoluteErrorSum");
    private static final int KEYS = 4;
    private static final int TRAINING_STEPS = 1600;
    private static final int LIVE_STEPS = 500;

    /** Standard deviation of the noise that no network can forecast. */
    private static final double NOISE = 0.5;

    private static final double LEVEL = 100;

    /** Some standard errors of a share or a mean of 2,000 events, and what is not learned yet. */
    private static final double SHARE_TOLERANCE = 0.06;

    @ParameterizedTest
    @ValueSource(strings = {"mse", "mae", "huber(1.0)"})
    void pointForecastsOfATrainedNetworkBeatRepeatingTheLastValue(String loss) throws Exception {
        Lived lived = live(loss, 1, noise());

        double error = lived.metric("absoluteErrorSum");
        double persistence = lived.metric("persistenceAbsoluteErrorSum");
        assertThat(lived.forecasts()).allMatch(forecast -> forecast.values().length == 1);
        // The best forecast of noise is its mean: 1 / sqrt(2) of the error of the last value.
        assertThat(error / persistence).isCloseTo(0.707, within(0.04));
        assertThat(error).isCloseTo(lived.errorSum(forecast -> forecast.values()[0]), within(1e-9));
        assertThat(lived.metric("intervalEvents") + lived.metric("classEvents")).isZero();
    }

    @Test
    void coverageOfATrainedNetworksQuantilesIsWhatTheirLevelsSay() throws Exception {
        Lived lived = live("quantile(0.1, 0.5, 0.9)", 3, noise());

        double covered = lived.metric("coveredEvents");
        assertThat(lived.forecasts()).allSatisfy(one -> assertThat(one.values()).isSorted());
        assertThat(lived.forecasts())
                .allSatisfy(one -> assertThat(one.rawValues()).isEqualTo(one.values()));
        assertThat(covered)
                .isEqualTo(
                        lived.count(
                                (made, target) ->
                                        made.values()[0] <= target && target <= made.values()[2]));
        assertThat(lived.metric("intervalEvents")).isEqualTo(lived.judged());
        assertThat(covered / lived.judged()).isCloseTo(0.8, within(SHARE_TOLERANCE));
        assertThat(lived.metric("absoluteErrorSum"))
                .isCloseTo(lived.errorSum(forecast -> forecast.values()[1]), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"gaussian, 2", "student-t, 3"})
    void scaleOfATrainedNetworkIsThatOfTheNoise(String loss, int outputs) throws Exception {
        Lived lived = live(loss, outputs, noise());

        double mean =
                lived.forecasts().stream().mapToDouble(one -> one.values()[1]).average().orElse(0);
        assertThat(mean).isCloseTo(NOISE, within(0.2 * NOISE));
        assertThat(lived.forecasts())
                .allSatisfy(
                        one -> {
                            assertThat(one.values()).hasSize(outputs);
                            assertThat(one.rawValues()).containsExactly(one.values()[0]);
                        });
        assertThat(lived.count((made, target) -> Math.abs(made.values()[0] - target) <= NOISE))
                .isCloseTo(0.68 * lived.judged(), within(SHARE_TOLERANCE * lived.judged()));
        assertThat(lived.metric("absoluteErrorSum"))
                .isCloseTo(lived.errorSum(forecast -> forecast.values()[0]), within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "categorical-cross-entropy; lstm(4) dense(3); value; 3",
                "binary-cross-entropy; lstm(4) dense(1); value; 2",
                "categorical-cross-entropy; embedding(3, 2) lstm(4) dense(3);"
                        + " value=value|category(3); 3",
                "binary-cross-entropy; embedding(4, 2) lstm(4) dense(1);"
                        + " value, id=key|category(4); 2"
            })
    void accuracyOfATrainedNetworkIsThatOfTheLikeliestClass(
            String loss, String network, String columns, int classes) throws Exception {
        ForecasterSetup setup = ForecasterSetup.plain().network(network).columns(columns);
        Lived lived = live(job(loss, setup), loss, classes(classes));

        double correct = lived.metric("correctClasses");
        assertThat(lived.metric("classEvents")).isEqualTo(lived.judged());
        assertThat(correct)
                .isEqualTo(lived.count((made, target) -> target == likeliest(made.values())))
                .isEqualTo(lived.judged() - lived.metric("absoluteErrorSum"));
        // Nine of ten follow the rule.
        assertThat(correct / lived.judged()).isCloseTo(0.9, within(SHARE_TOLERANCE));
        assertThat(lived.forecasts())
                .allSatisfy(
                        one ->
                                assertThat(one.rawValues())
                                        .containsExactly(likeliest(one.values())));
    }

    private static int likeliest(double[] values) {
        if (values.length == 1) {
            return values[0] > 0.5 ? 1 : 0;
        }
        int likeliest = 0;
        for (int k = 1; k < values.length; k++) {
            likeliest = values[k] > values[likeliest] ? k : likeliest;
        }
        return likeliest;
    }

    @Test
    void networkOfAnotherNumberOfOutputsIsRefusedAtTheStart() {
        TestingJob job = job("gaussian", 3);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> TestingForecaster.of(job, 1, 0, List.of()))
                .withMessageContaining(
                        "the network has 3 outputs; the loss gaussian needs 2, so end it with"
                                + " dense(2)");
    }

    /** Noise around one level. */
    private static List<Event<String>> noise() {
        Random random = new Random(8);
        List<Event<String>> events = new ArrayList<>();
        for (int step = 0; step < TRAINING_STEPS + LIVE_STEPS; step++) {
            for (int key = 0; key < KEYS; key++) {
                events.add(Event.of("key-" + key, step, LEVEL + NOISE * random.nextGaussian()));
            }
        }
        return events;
    }

    /** The class after the last one, but one time in ten the last one again. */
    private static List<Event<String>> classes(int classes) {
        Random random = new Random(9);
        int[] last = new int[KEYS];
        List<Event<String>> events = new ArrayList<>();
        for (int step = 0; step < TRAINING_STEPS + LIVE_STEPS; step++) {
            for (int key = 0; key < KEYS; key++) {
                last[key] = random.nextInt(10) == 0 ? last[key] : (last[key] + 1) % classes;
                events.add(Event.of("key-" + key, step, last[key]));
            }
        }
        return events;
    }

    private static TestingJob job(String loss, int outputs) {
        return job(
                loss,
                ForecasterSetup.plain().network("lstm(4) dense(" + outputs + ")").columns("value"));
    }

    private static TestingJob job(String loss, ForecasterSetup setup) {
        InferenceConfig config = setup.config().loss(LossConfig.parse(loss));
        return new TestingJob(setup.shape(), config, setup.weights(0), false, false);
    }

    private static Lived live(String loss, int outputs, List<Event<String>> events)
            throws Exception {
        return live(job(loss, outputs), loss, events);
    }

    private static Lived live(TestingJob job, String loss, List<Event<String>> events)
            throws Exception {
        int training = KEYS * TRAINING_STEPS;
        WeightUpdate learned = learn(job, loss, events.subList(0, training));
        List<Event<String>> live = events.subList(training, events.size());
        try (var forecaster = TestingForecaster.of(job, 1, 0, List.of())) {
            forecaster.weights(learned);
            for (Event<String> event : live) {
                forecaster.process(event);
            }
            forecaster.end();
            TestingMetrics metrics = forecaster.metrics();
            Map<String, Double> counts =
                    COUNTS.stream().collect(Collectors.toMap(name -> name, metrics::value));
            return new Lived(live, forecaster.forecasts(), counts);
        }
    }

    private static WeightUpdate learn(TestingJob job, String loss, List<Event<String>> events)
            throws Exception {
        MemoryShape shape = job.shape();
        LearningConfig learning =
                new LearningConfig(10, 4, 1, LossConfig.parse(loss), OptimiserConfig.adam(0.02, 1));
        TrainingConfig config =
                new TrainingConfig(
                        learning,
                        job.config().timing(),
                        job.config().standardisation(),
                        job.config().sequence(),
                        1,
                        1);
        var operator = new TrainingOperator<>(shape, config, job.first(), 1, Types.STRING);
        try (var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        operator, Event::key, Types.STRING, TestingForecaster.KEY_GROUPS, 1, 0)) {
            harness.open();
            for (Event<String> event : events) {
                harness.processElement(new StreamRecord<>(event, event.time()));
            }
            List<WeightUpdate> published = harness.extractOutputValues();
            return published.get(published.size() - 1);
        }
    }

    /** What came of live events. */
    private record Lived(
            List<Event<String>> events,
            List<Forecast<String>> forecasts,
            Map<String, Double> metrics) {

        double metric(String name) {
            return Objects.requireNonNull(metrics.get(name), name);
        }

        /** Events that had a forecast. */
        int judged() {
            return events.size() - KEYS;
        }

        /** Events for which this holds of the forecast made for them and their target. */
        double count(Met met) {
            int count = 0;
            for (int i = KEYS; i < events.size(); i++) {
                count += met.holds(madeFor(i), events.get(i).numbers()[0]) ? 1 : 0;
            }
            return count;
        }

        double errorSum(ToDoubleFunction<Forecast<String>> point) {
            double sum = 0;
            for (int i = KEYS; i < events.size(); i++) {
                sum += Math.abs(events.get(i).numbers()[0] - point.applyAsDouble(madeFor(i)));
            }
            return sum;
        }

        private Forecast<String> madeFor(int i) {
            Predicate<Forecast<String>> before =
                    one ->
                            one.key().equals(events.get(i).key())
                                    && one.time() == events.get(i).time() - 1;
            return forecasts.stream().filter(before).findFirst().orElseThrow();
        }
    }

    /** A question about a forecast and the target that it was made for. */
    private interface Met {
        boolean holds(Forecast<String> made, double target);
    }
}
