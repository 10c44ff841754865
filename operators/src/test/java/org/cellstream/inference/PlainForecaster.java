package org.cellstream.inference;

import java.util.HashMap;
import java.util.Map;
import org.cellstream.event.Event;
import org.cellstream.event.Forecast;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Kernels;
import org.cellstream.nn.Stepper;
import org.cellstream.nn.Weights;
import org.cellstream.state.Intake;
import org.cellstream.state.KeyMemory;

/** The reference: one event at a time, no batches, no state backend, the scalar kernel. */
final class PlainForecaster {

    private final ForecasterSetup setup;
    private final Intake intake;
    private final Stepper stepper;
    private final Map<String, KeyMemory> memories = new HashMap<>();
    private WeightUpdate weights;

    PlainForecaster(ForecasterSetup setup) {
        this.setup = setup;
        this.intake = new Intake(setup.shape(), ForecasterSetup.STANDARDISATION);
        this.stepper = new Stepper(setup.shape().network(), Kernels.scalar(), 1);
        this.weights = setup.weights(0);
        use(weights);
    }

    void use(WeightUpdate update) {
        weights = update;
        stepper.load(new Weights(setup.shape().network(), update.values()));
    }

    Forecast<String> forecast(Event<String> event) {
        KeyMemory memory = memories.computeIfAbsent(event.key(), key -> intake.newMemory());
        double lastTarget = memory.step() == 0 ? Double.NaN : intake.target(memory);
        Wave<String> wave = new Wave<>(setup.shape().network(), intake, stepper, 1);
        if (intake.take(event, memory, wave.inputs(), 0) != null) {
            throw new IllegalArgumentException(
                    "the reference takes accepted events only: " + event);
        }
        wave.add(event, memory, lastTarget);
        wave.step();
        return wave.forecast(0, weights);
    }
}
