package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.BatchConfig;
import org.cellstream.config.ExpertChoice;
import org.cellstream.config.ExpertName;
import org.cellstream.config.ExpertsConfig;
import org.cellstream.config.Horizons;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.ModeConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.Marks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Forecasts several events ahead, and their errors when the truth has come. */
class FarForecastsTest {

    private static final int[] AHEAD = {1, 2, 5};
    private static final Horizons HORIZONS = new Horizons(List.of(1, 2, 5));
    private static final long PACE = 3_600_000;

    /** Beside the network in all setups but that on RocksDB, where it speaks alone. */
    private static final ExpertsConfig EXPERTS =
            new ExpertsConfig(
                    List.of(ExpertName.LAST, ExpertName.AR, ExpertName.NETWORK, ExpertName.READOUT),
                    0,
                    ExpertChoice.MIXTURE,
                    false,
                    0.8);

    static Stream<ForecasterSetup> setups() {
        ForecasterSetup plain =
                ForecasterSetup.plain()
                        .columns("value, change=value|diff, hour=time|hour|cyclic, gap");
        SequenceConfig window = plain.sequence().mode(ModeConfig.window(4));
        return Stream.of(
                plain,
                plain.network("lstm(4) gru(3) dense(1)").onRocksDb(),
                plain.hardlyResident(),
                plain.sequence(window));
    }

    @ParameterizedTest
    @MethodSource("setups")
    void forecastsAheadAreThoseOfEventsThatAreFedBack(ForecasterSetup setup) throws Exception {
        List<Event<String>> events = events(12);
        try (var ahead = start(setup, 8);
                var fed = start(setup, 8)) {
            process(ahead, events);
            process(fed, events);
            for (int i = 12; i < 16; i++) {
                fed.process(Event.of("a", i * PACE, Double.NaN));
            }
            ahead.checkpoint();
            fed.checkpoint();

            double[] far = last(ahead, "a").horizonValues();

            List<Forecast<String>> ofA = of("a", fed);
            assertThat(far)
                    .containsExactly(
                            ofA.get(11).values()[0],
                            ofA.get(12).values()[0],
                            ofA.get(15).values()[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void errorsAreMeasuredWhenTheTruthHasCome(ForecasterSetup setup) throws Exception {
        List<Event<String>> events = events(30);
        List<Forecast<String>> forecasts;
        try (var forecaster = start(setup, 8)) {
            process(forecaster, events);
            forecaster.checkpoint();
            forecasts = of("b", forecaster);
        }

        double[] targets =
                events.stream()
                        .filter(event -> event.key().equals("b"))
                        .mapToDouble(event -> event.numbers()[0])
                        .toArray();
        for (int n = 0; n < targets.length; n++) {
            for (int i = 0; i < AHEAD.length; i++) {
                int made = n - AHEAD[i];
                double error =
                        made < 0 ? Double.NaN : targets[n] - forecasts.get(made).horizonValues()[i];
                double persistence = made < 0 ? Double.NaN : targets[n] - targets[made];
                assertThat(forecasts.get(n).horizonErrors()[i]).isEqualTo(Double.valueOf(error));
                assertThat(forecasts.get(n).horizonPersistenceErrors()[i])
                        .isEqualTo(Double.valueOf(persistence));
            }
            assertThat(forecasts.get(n).horizonErrors()[0])
                    .isEqualTo(Double.valueOf(forecasts.get(n).error()));
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void nothingElseOfAForecastChangesWhateverTheBatchAndTheRestart(ForecasterSetup setup)
            throws Exception {
        List<Event<String>> events = events(40);
        List<Forecast<String>> alone;
        try (var forecaster = start(setup, 1)) {
            process(forecaster, events);
            forecaster.checkpoint();
            alone = forecaster.forecasts();
        }
        List<Forecast<String>> restored = new ArrayList<>();
        List<OperatorSubtaskState> states = List.of();
        for (int from = 0; from < events.size(); from += 16) {
            try (var forecaster = TestingForecaster.of(job(setup, 8, HORIZONS), 1, 0, states)) {
                process(forecaster, events.subList(from, Math.min(events.size(), from + 16)));
                states = List.of(forecaster.checkpoint());
                restored.addAll(forecaster.forecasts());
            }
        }
        List<Forecast<String>> without;
        Horizons none = Horizons.none();
        try (var forecaster = TestingForecaster.of(job(setup, 8, none), 1, 0, List.of())) {
            process(forecaster, events);
            forecaster.checkpoint();
            without = forecaster.forecasts();
        }

        assertThat(restored).containsExactlyInAnyOrderElementsOf(alone);
        double[] nothing = {};
        assertThat(alone.stream().map(f -> f.withHorizons(nothing, nothing, nothing)))
                .containsExactlyInAnyOrderElementsOf(without);
    }

    @Test
    void ofARatioTheLowerFieldStaysWhatItWas() throws Exception {
        List<Forecast<String>> ratio = new ArrayList<>();
        List<Forecast<String>> field = new ArrayList<>();
        try (var first = start(ForecasterSetup.plain().columns("value=A/B|log, low=B"), 8);
                var second = start(ForecasterSetup.plain().columns("value=R|log, low=B"), 8)) {
            Random random = new Random(9);
            for (int i = 0; i < 20; i++) {
                double r = 1 + random.nextDouble();
                double b = 1 << random.nextInt(5); // so that r b / b is r
                first.process(Event.of("a", i, r * b, b));
                second.process(Event.of("a", i, r, b));
            }
            first.checkpoint();
            second.checkpoint();
            ratio.addAll(first.forecasts());
            field.addAll(second.forecasts());
        }

        assertThat(ratio).hasSize(20).isEqualTo(field);
        assertThat(ratio.get(19).horizonValues()).doesNotContain(Double.NaN);
    }

    @Test
    void whatIsFedBackIsNoTruth() throws Exception {
        try (var forecaster = start(ForecasterSetup.plain(), 8)) {
            forecaster.process("a", 0, 1);
            forecaster.process("a", 1, 2);
            forecaster.process(Event.of("a", 2, Double.NaN));
            forecaster.process("a", 3, 5);
            forecaster.checkpoint();

            List<Forecast<String>> forecasts = forecaster.forecasts();
            assertThat(forecasts.get(2).horizonErrors()).containsOnly(Double.NaN);
            assertThat(forecasts.get(3).horizonErrors()[1])
                    .isEqualTo(5 - forecasts.get(1).horizonValues()[1]);
            assertThat(forecasts.get(3).horizonPersistenceErrors())
                    .containsExactly(Double.NaN, 3, Double.NaN);
        }
    }

    @Test
    void sequenceThatStartsDropsWhatWaited() throws Exception {
        SequenceConfig sequences =
                SequenceConfig.plain().mode(ModeConfig.sequence(ModeConfig.stateful().output(), 9));
        try (var forecaster = start(ForecasterSetup.plain().sequence(sequences), 8)) {
            for (int i = 0; i < 6; i++) {
                Marks marks = i % 3 == 0 ? Marks.NONE.start() : Marks.NONE;
                forecaster.process(Event.of("a", i, i * i).marked(marks));
            }
            forecaster.checkpoint();

            List<Forecast<String>> forecasts = forecaster.forecasts();
            assertThat(forecasts.get(2).horizonErrors()[1]).isNotNaN();
            assertThat(forecasts.get(3).horizonErrors()).containsOnly(Double.NaN);
            assertThat(forecasts.get(4).horizonErrors()[1]).isNaN();
            assertThat(forecasts.get(5).horizonErrors()[1]).isNotNaN();
        }
    }

    @Test
    void otherHorizonsThanBeforeStartAnew() throws Exception {
        ForecasterSetup setup = ForecasterSetup.plain();
        OperatorSubtaskState state;
        try (var forecaster = start(setup, 8)) {
            process(forecaster, events(10));
            state = forecaster.checkpoint();
        }

        Horizons others = new Horizons(List.of(2, 3));
        try (var forecaster = TestingForecaster.of(job(setup, 8, others), 1, 0, List.of(state))) {
            for (int i = 10; i < 13; i++) {
                forecaster.process("a", i * PACE, i);
            }
            forecaster.checkpoint();

            List<Forecast<String>> forecasts = forecaster.forecasts();
            assertThat(forecasts.get(1).horizonErrors()).containsOnly(Double.NaN);
            assertThat(forecasts.get(2).horizonErrors()[0])
                    .isEqualTo(12 - forecasts.get(0).horizonValues()[0]);
        }
    }

    @Test
    void sumsOfErrorsAreMetrics() throws Exception {
        try (var forecaster = start(ForecasterSetup.plain(), 8)) {
            process(forecaster, events(20));
            forecaster.checkpoint();

            double sum =
                    forecaster.forecasts().stream()
                            .mapToDouble(forecast -> forecast.horizonErrors()[2])
                            .filter(error -> !Double.isNaN(error))
                            .map(Math::abs)
                            .sum();
            assertThat(forecaster.metrics().value("absoluteErrorSumAhead5"))
                    .isEqualTo(sum, within(1e-9));
        }
    }

    private static TestingForecaster start(ForecasterSetup setup, int maxRows) throws Exception {
        return TestingForecaster.of(job(setup, maxRows, HORIZONS), 1, 0, List.of());
    }

    private static TestingJob job(ForecasterSetup setup, int maxRows, Horizons horizons) {
        InferenceConfig config = setup.config();
        InferenceConfig far =
                new InferenceConfig(
                                new BatchConfig(maxRows, Duration.ofMillis(5)),
                                config.timing(),
                                config.standardisation(),
                                config.memory(),
                                config.sequence())
                        .missingTarget(MissingTarget.FEEDBACK)
                        .experts(setup.rocksDb() ? ExpertsConfig.none() : EXPERTS)
                        .horizons(horizons);
        return new TestingJob(setup.shape(), far, setup.weights(0), setup.rocksDb(), false);
    }

    /** Of two keys in turns, one of each every hour. */
    private static List<Event<String>> events(int steps) {
        Random random = new Random(8);
        List<Event<String>> events = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            events.add(Event.of("a", i * PACE, random.nextGaussian()));
            events.add(Event.of("b", i * PACE, 50 + 9 * random.nextGaussian()));
        }
        return events;
    }

    private static void process(TestingForecaster forecaster, List<Event<String>> events)
            throws Exception {
        for (Event<String> event : events) {
            forecaster.process(event);
        }
    }

    private static List<Forecast<String>> of(String key, TestingForecaster forecaster) {
        return forecaster.forecasts().stream().filter(f -> f.key().equals(key)).toList();
    }

    private static Forecast<String> last(TestingForecaster forecaster, String key) {
        List<Forecast<String>> all = of(key, forecaster);
        return all.get(all.size() - 1);
    }
}
