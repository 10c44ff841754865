package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.cellstream.config.ExpertChoice;
import org.cellstream.config.ExpertName;
import org.cellstream.config.ExpertsConfig;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.LabelSource;
import org.cellstream.config.LossConfig;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.SequenceConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.WeightUpdate;
import org.cellstream.state.KeyMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Experts beside the network: what a forecast says of them, and what becomes of what they know. */
class VoicesTest {

    private static final ForecasterSetup PLAIN = ForecasterSetup.plain();
    private static final ExpertsConfig EXPERTS = ExpertsConfig.all(3).tell(true);
    private static final List<Event<String>> EVENTS = ForecastingOperatorTest.events(600, 4);

    private static TestingJob job(ForecasterSetup setup, ExpertsConfig experts) {
        return job(setup, setup.config().experts(experts));
    }

    private static TestingJob job(ForecasterSetup setup, InferenceConfig config) {
        return new TestingJob(
                setup.shape(), config, setup.weights(0), setup.rocksDb(), setup.objectReuse());
    }

    private static TestingForecaster start(TestingJob job) throws Exception {
        return TestingForecaster.of(job, 1, 0, List.of());
    }

    private static List<Forecast<String>> run(TestingJob job, List<Event<String>> events)
            throws Exception {
        try (var forecaster = start(job)) {
            process(forecaster, events);
            assertThat(forecaster.rejected()).isEmpty();
            return sorted(forecaster.forecasts());
        }
    }

    private static OperatorSubtaskState process(
            TestingForecaster forecaster, List<Event<String>> events) throws Exception {
        for (Event<String> event : events) {
            forecaster.process(event);
        }
        return forecaster.checkpoint();
    }

    private static List<Forecast<String>> sorted(List<Forecast<String>> forecasts) {
        return forecasts.stream()
                .sorted(
                        Comparator.<Forecast<String>, String>comparing(Forecast::key)
                                .thenComparing(Forecast::step))
                .toList();
    }

    static Stream<ForecasterSetup> setups() {
        return Stream.of(
                PLAIN,
                PLAIN.maxRows(1),
                PLAIN.maxRows(64),
                PLAIN.onRocksDb(),
                PLAIN.onRocksDb().hardlyResident(),
                PLAIN.withObjectReuse());
    }

    @ParameterizedTest
    @MethodSource("setups")
    void restoringAndRescalingEqualsNeverStopping(ForecasterSetup setup) throws Exception {
        List<Forecast<String>> forecasts = new ArrayList<>();
        List<OperatorSubtaskState> states = List.of();
        for (int part = 0; part < 3; part++) {
            states =
                    runAt(
                            new int[] {1, 3, 2}[part],
                            job(setup, EXPERTS),
                            states,
                            EVENTS.subList(200 * part, 200 * part + 200),
                            forecasts);
        }

        assertThat(sorted(forecasts)).isEqualTo(run(job(PLAIN, EXPERTS), EVENTS));
    }

    private static List<OperatorSubtaskState> runAt(
            int parallelism,
            TestingJob job,
            List<OperatorSubtaskState> states,
            List<Event<String>> events,
            List<Forecast<String>> forecasts)
            throws Exception {
        List<OperatorSubtaskState> after = new ArrayList<>();
        for (int subtask = 0; subtask < parallelism; subtask++) {
            int mine = subtask;
            List<Event<String>> own =
                    events.stream()
                            .filter(
                                    event ->
                                            KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                                            event.key(),
                                                            TestingForecaster.KEY_GROUPS,
                                                            parallelism)
                                                    == mine)
                            .toList();
            try (var forecaster = TestingForecaster.of(job, parallelism, subtask, states)) {
                after.add(process(forecaster, own));
                forecasts.addAll(forecaster.forecasts());
            }
        }
        return after;
    }

    @Test
    void forecastSaysWhatAllSayTogetherAndErrorIsThatOfIt() throws Exception {
        List<Forecast<String>> forecasts = run(job(PLAIN, EXPERTS), EVENTS);

        for (int i = 1; i < forecasts.size(); i++) {
            Forecast<String> forecast = forecasts.get(i);
            Forecast<String> before = forecasts.get(i - 1);
            assertThat(forecast.experts()).hasSize(EXPERTS.experts().size());
            assertThat(forecast.rawValues()).containsExactly(forecast.values());
            double target = forecast.experts()[0];
            if (forecast.step() > 1) {
                assertThat(forecast.error()).isEqualTo(target - before.values()[0]);
                assertThat(Double.isNaN(forecast.anomaly())).isEqualTo(forecast.step() <= 11);
            }
            double[] said =
                    Arrays.stream(forecast.experts()).filter(one -> !Double.isNaN(one)).toArray();
            assertThat(forecast.values()[0])
                    .isBetween(
                            Arrays.stream(said).min().orElseThrow() - 1e-9,
                            Arrays.stream(said).max().orElseThrow() + 1e-9);
            assertThat(Double.isNaN(forecast.low())).isEqualTo(forecast.step() <= 10);
        }
    }

    @Test
    void withoutExpertsTheNetworkSpeaksAloneAndKeysKnowNothing() throws Exception {
        try (var forecaster = start(job(PLAIN, ExpertsConfig.none()))) {
            process(forecaster, EVENTS);

            assertThat(sorted(forecaster.forecasts()))
                    .isEqualTo(run(job(PLAIN, PLAIN.config()), EVENTS))
                    .extracting(Forecast::spoke)
                    .containsOnly("network");
            assertThat(forecaster.stored("key-1").experts()).isNull();
        }
    }

    /** Intervals need no experts, and leave the network's values as they are. */
    @Test
    void intervalsOfOtherLossesLieAroundTheirPoint() throws Exception {
        ForecasterSetup setup = PLAIN.network("lstm(5) dense(3)");
        InferenceConfig config = setup.config().loss(LossConfig.parse("quantile(0.1, 0.5, 0.9)"));
        ExpertsConfig intervals = new ExpertsConfig(List.of(), 0, ExpertChoice.MIXTURE, false, 0.8);

        List<Forecast<String>> plain = run(job(setup, config), EVENTS);
        List<Forecast<String>> forecasts = run(job(setup, config.experts(intervals)), EVENTS);

        for (int i = 0; i < forecasts.size(); i++) {
            Forecast<String> forecast = forecasts.get(i);
            assertThat(forecast.values()).isEqualTo(plain.get(i).values());
            if (forecast.step() > 10) {
                double middle = (forecast.low() + forecast.high()) / 2;
                assertThat(middle).isCloseTo(forecast.values()[1], within(1e-9));
            }
        }
    }

    private static org.assertj.core.data.Offset<Double> within(double offset) {
        return org.assertj.core.api.Assertions.within(offset);
    }

    @Test
    void givenLabelsAndClassesHaveNoIntervals() throws Exception {
        ExpertsConfig intervals = new ExpertsConfig(List.of(), 0, ExpertChoice.MIXTURE, false, 0.8);
        InferenceConfig config = PLAIN.config().experts(intervals);

        List<Forecast<String>> given = run(job(PLAIN, config.labels(LabelSource.GIVEN)), EVENTS);
        List<Forecast<String>> classes =
                run(
                        job(PLAIN, config.loss(LossConfig.parse("binary-cross-entropy"))),
                        EVENTS.subList(0, 100));

        assertThat(given).extracting(Forecast::low).containsOnly(Double.NaN);
        assertThat(classes).extracting(Forecast::anomaly).containsOnly(Double.NaN);
    }

    @Test
    void stepThatIsNotFiniteLeavesNoTraceInWhatExpertsKnow() throws Exception {
        WeightUpdate good = PLAIN.weights(1);
        float[] values = good.values().clone();
        Arrays.fill(values, Float.NaN);
        WeightUpdate poisoned =
                new WeightUpdate(1, 2, good.network(), WeightUpdate.AT_ARRIVAL, values);
        try (var forecaster = start(job(PLAIN, EXPERTS))) {
            process(forecaster, EVENTS);
            KeyMemory before = forecaster.stored("key-2").copy();

            forecaster.weights(poisoned);
            forecaster.process("key-2", 1_000, 5);
            forecaster.process("key-2", 1_000, Double.NaN);
            forecaster.checkpoint();

            assertThat(forecaster.rejected()).hasSize(2);
            assertThat(forecaster.stored("key-2")).isEqualTo(before);
        }
    }

    @Test
    void resetOfTheStateLeavesThemAndForgettingDoesNot() throws Exception {
        try (var forecaster = start(job(PLAIN, EXPERTS));
                var undisturbed = start(job(PLAIN, EXPERTS))) {
            process(forecaster, EVENTS);
            process(undisturbed, EVENTS);
            KeyMemory before = forecaster.stored("key-2").copy();

            forecaster.control(Control.reset("key-2"));
            forecaster.checkpoint();
            assertThat(forecaster.stored("key-2").experts()).isEqualTo(before.experts());

            forecaster.control(Control.forget("key-2"));
            forecaster.process("key-2", 1_000, 5);
            forecaster.checkpoint();
            Forecast<String> last = forecaster.forecasts().get(EVENTS.size());
            assertThat(last.experts()[EXPERTS.experts().indexOf(ExpertName.AR)]).isNaN();
            assertThat(last.low()).isNaN();
        }
    }

    @Test
    void keyThatOutlivedItsTimeStartsThemAfresh() throws Exception {
        SequenceConfig plain = SequenceConfig.plain();
        ForecasterSetup setup =
                PLAIN.sequence(
                        new SequenceConfig(
                                plain.order(),
                                0,
                                plain.gaps(),
                                Duration.ofSeconds(1),
                                plain.weightsChange(),
                                plain.rerunSteps()));
        try (var forecaster = start(job(setup, EXPERTS));
                var fresh = start(job(setup, EXPERTS))) {
            process(forecaster, EVENTS);
            forecaster.process("key-2", 10_000, 5);
            forecaster.checkpoint();
            fresh.process("key-2", 10_000, 5);
            fresh.checkpoint();

            assertThat(forecaster.stored("key-2").experts())
                    .isEqualTo(fresh.stored("key-2").experts());
        }
    }

    static Stream<ExpertsConfig> before() {
        return Stream.of(ExpertsConfig.none(), ExpertsConfig.all(0), ExpertsConfig.all(7));
    }

    /** None is what a savepoint holds that was made before there were experts. */
    @ParameterizedTest
    @MethodSource("before")
    void memoryOfOtherExpertsStartsTheseAfreshAndTheNetworkGoesOn(ExpertsConfig before)
            throws Exception {
        OperatorSubtaskState state;
        try (var forecaster = start(job(PLAIN, before))) {
            state = process(forecaster, EVENTS.subList(0, 300));
        }
        List<Event<String>> rest = EVENTS.subList(300, 600);

        try (var forecaster = TestingForecaster.of(job(PLAIN, EXPERTS), 1, 0, List.of(state))) {
            process(forecaster, rest);

            int network = EXPERTS.experts().indexOf(ExpertName.NETWORK);
            List<Forecast<String>> forecasts = sorted(forecaster.forecasts());
            List<Forecast<String>> fresh = run(job(PLAIN, EXPERTS), rest);
            List<Forecast<String>> alone =
                    run(job(PLAIN, ExpertsConfig.none()), EVENTS).stream()
                            .filter(one -> rest.stream().anyMatch(event -> isOf(one, event)))
                            .toList();
            for (int i = 0; i < forecasts.size(); i++) {
                double[] told = forecasts.get(i).experts();
                assertThat(told[network]).isEqualTo(alone.get(i).values()[0]);
                assertThat(Arrays.copyOf(told, network))
                        .isEqualTo(Arrays.copyOf(fresh.get(i).experts(), network));
            }
        }
    }

    private static boolean isOf(Forecast<String> forecast, Event<String> event) {
        return forecast.key().equals(event.key()) && forecast.time() == event.time();
    }

    @Test
    void whatIsFedBackIsWhatAllSayTogether() throws Exception {
        TestingJob job =
                job(PLAIN, PLAIN.config().experts(EXPERTS).missingTarget(MissingTarget.FEEDBACK));
        List<Event<String>> events = new ArrayList<>();
        for (int t = 0; t < 60; t++) {
            events.add(Event.of("key", t, t < 40 ? Math.sin(t) : Double.NaN));
        }

        List<Forecast<String>> forecasts = run(job, events);

        for (int t = 40; t < 60; t++) {
            assertThat(forecasts.get(t).experts()[0]).isEqualTo(forecasts.get(t - 1).values()[0]);
            assertThat(forecasts.get(t).error()).isNaN();
            assertThat(forecasts.get(t).anomaly()).isNaN();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void metricsCountWhoSpokeAndWhatTheIntervalsHeld(boolean on) throws Exception {
        ExpertsConfig experts = on ? EXPERTS : ExpertsConfig.none();
        try (var forecaster = start(job(PLAIN, experts))) {
            process(forecaster, EVENTS);

            List<Forecast<String>> forecasts = sorted(forecaster.forecasts());
            long covered = 0;
            long judged = 0;
            for (int i = 1; i < forecasts.size(); i++) {
                Forecast<String> before = forecasts.get(i - 1);
                boolean follows = before.key().equals(forecasts.get(i).key());
                if (follows && !Double.isNaN(before.low())) {
                    double target = forecasts.get(i).experts()[0];
                    judged++;
                    covered += target >= before.low() && target <= before.high() ? 1 : 0;
                }
            }
            assertThat(judged > 0).isEqualTo(on);
            assertThat(forecaster.metrics().value("conformalEvents")).isEqualTo((double) judged);
            assertThat(forecaster.metrics().value("conformalCoveredEvents"))
                    .isEqualTo((double) covered);
            assertThat(forecaster.metrics().value("spokeHoltWinters"))
                    .isEqualTo((double) spoke(forecasts, "holt-winters"));
            assertThat(forecaster.metrics().value("spokeNetwork"))
                    .isEqualTo((double) spoke(forecasts, "network"));
        }
    }

    private static long spoke(List<Forecast<String>> forecasts, String name) {
        return forecasts.stream().filter(forecast -> forecast.spoke().equals(name)).count();
    }
}
