package org.cellstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.WeightUpdate;
import org.cellstream.features.Population;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;
import org.junit.jupiter.api.Test;

/** A key never seen starts from what came with the weights that are served. */
class ForecasterPriorTest {

    private static final ForecasterSetup SETUP = ForecasterSetup.plain();
    private static final List<Event<String>> EVENTS = ForecastingOperatorTest.events(60, 20);

    @Test
    void newKeysStartFromThePriorAndKnownOnesGoOn() throws Exception {
        List<Forecast<String>> with = new ArrayList<>();
        List<Forecast<String>> without = new ArrayList<>();

        run(5, SETUP.weights(1).prior(prior()), with, List.of());
        run(5, SETUP.weights(1), without, List.of());

        assertThat(with.get(0)).isEqualTo(without.get(0)); // made before the weights came
        assertThat(with).isNotEqualTo(without);
    }

    @Test
    void switchedOffThePriorChangesNothing() throws Exception {
        List<Forecast<String>> with = new ArrayList<>();
        List<Forecast<String>> without = new ArrayList<>();

        run(0, SETUP.weights(1).prior(prior()), with, List.of());
        run(0, SETUP.weights(1), without, List.of());

        assertThat(with).isEqualTo(without);
    }

    @Test
    void priorOfOtherColumnsIsNotUsed() throws Exception {
        double[] others = prior();
        others[0]++;
        List<Forecast<String>> with = new ArrayList<>();
        List<Forecast<String>> without = new ArrayList<>();

        run(5, SETUP.weights(1).prior(others), with, List.of());
        run(5, SETUP.weights(1), without, List.of());

        assertThat(with).isEqualTo(without);
    }

    @Test
    void restoredForecasterStartsNewKeysAsOneThatNeverStopped() throws Exception {
        List<Forecast<String>> undisturbed = new ArrayList<>();
        List<Forecast<String>> forecasts = new ArrayList<>();

        run(5, SETUP.weights(1).prior(prior()), undisturbed, List.of());
        run(5, SETUP.weights(1).prior(prior()), forecasts, List.of(9, 30));

        assertThat(forecasts).containsExactlyInAnyOrderElementsOf(undisturbed);
    }

    /**
     * Steps one event, then serves weights, then steps the others.
     *
     * @param cuts before which events the forecaster is stopped and restored
     */
    private static void run(
            int most, WeightUpdate weights, List<Forecast<String>> forecasts, List<Integer> cuts)
            throws Exception {
        TestingJob job = new TestingJob(SETUP.shape(), config(most), SETUP.weights(0), true, false);
        List<OperatorSubtaskState> states = List.of();
        List<Integer> ends = new ArrayList<>(cuts);
        ends.add(EVENTS.size());
        int next = 0;
        for (int end : ends) {
            try (var forecaster = TestingForecaster.of(job, 1, 0, states)) {
                for (; next < end; next++) {
                    forecaster.process(EVENTS.get(next));
                    if (next == 0) {
                        forecaster.weights(weights);
                    }
                }
                states = List.of(forecaster.checkpoint());
                forecasts.addAll(forecaster.forecasts());
            }
        }
    }

    private static InferenceConfig config(int most) {
        InferenceConfig config = SETUP.config();
        return new InferenceConfig(
                config.batch(), config.timing(), scaling(most), config.memory(), config.sequence());
    }

    private static StandardisationConfig scaling(int most) {
        return ForecasterSetup.STANDARDISATION.prior(most);
    }

    /** What is usual among twenty keys. */
    private static double[] prior() {
        Intake intake = new Intake(SETUP.shape(), scaling(5));
        Population population = intake.population(new double[0]);
        for (int key = 0; key < 20; key++) {
            KeyMemory memory = intake.newMemory();
            for (int i = 0; i < 30; i++) {
                Event<String> event = Event.of("key", i, Math.sin(i + key) * (3 + key % 3));
                assertThat(intake.take(event, memory, new float[2], 0)).isNull();
            }
            population.add(key, memory.features());
        }
        return population.prior();
    }
}
