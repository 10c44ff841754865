package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.BatchConfig;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.Scaling;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a key's scales and missing values are is in its memory, whatever the scaling. */
class ScalingRecoveryTest {

    private static final int EVENTS = 120;

    @ParameterizedTest
    @EnumSource(Scaling.class)
    void restoringEqualsNeverStopping(Scaling scaling) throws Exception {
        TestingJob job = job(scaling);
        List<Event<String>> events = events();
        List<Forecast<String>> expected = new ArrayList<>();
        try (var forecaster = TestingForecaster.of(job, 1, 0, List.of())) {
            for (Event<String> event : events) {
                forecaster.process(event);
            }
            forecaster.checkpoint();
            expected.addAll(forecaster.forecasts());
        }

        List<Forecast<String>> forecasts = new ArrayList<>();
        List<OperatorSubtaskState> states = List.of();
        for (int from = 0; from < EVENTS; from += 30) {
            try (var forecaster = TestingForecaster.of(job, 1, 0, states)) {
                for (Event<String> event : events.subList(from, from + 30)) {
                    forecaster.process(event);
                }
                states = List.of(forecaster.checkpoint());
                forecasts.addAll(forecaster.forecasts());
            }
        }

        assertThat(forecasts).hasSize(EVENTS).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static TestingJob job(Scaling scaling) {
        ForecasterSetup setup =
                ForecasterSetup.plain().columns("value, volume=volume|log1p|missing");
        InferenceConfig config =
                new InferenceConfig(
                        new BatchConfig(4, Duration.ofMillis(5)),
                        setup.timing(),
                        new StandardisationConfig(scaling, 0.05, 6),
                        setup.memory(),
                        setup.sequence());
        return new TestingJob(setup.shape(), config, setup.weights(0), true, false);
    }

    /** Of five keys; every third volume is missing, and one key has none. */
    private static List<Event<String>> events() {
        Random random = new Random(4);
        List<Event<String>> events = new ArrayList<>();
        for (int i = 0; i < EVENTS; i++) {
            int key = i % 5;
            boolean missing = key == 0 || random.nextInt(3) == 0;
            double volume = missing ? Double.NaN : 100 * random.nextDouble();
            events.add(Event.of("key-" + key, 1000L * i, random.nextGaussian(), volume));
        }
        return events;
    }
}
