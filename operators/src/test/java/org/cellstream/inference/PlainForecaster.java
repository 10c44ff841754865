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
        float[] x = new float[setup.shape().network().inputs()];
        if (intake.take(event, memory, x, 0) != null) {
            throw new IllegalArgumentException(
                    "the reference takes accepted events only: " + event);
        }
        float[] next = new float[memory.stateSize()];
        float[] y = new float[1];
        stepper.step(1, x, memory.state(), next, y);
        System.arraycopy(next, 0, memory.layers(), memory.at(), next.length);
        double target = intake.target(memory);
        double value = target + intake.changeScale(memory) * y[0];
        double[] made = memory.forecast() == null ? null : memory.forecast().clone();
        memory.keepForecast(new double[] {value});
        return new Forecast<>(
                event.key(),
                event.time(),
                memory.step(),
                new double[] {value},
                intake.undo(new double[] {value}, 1, memory),
                weights.generation(),
                weights.number(),
                memory.stepsSinceReset() == 1,
                memory.stepsSinceReset(),
                made == null ? Double.NaN : target - made[0],
                target - lastTarget,
                false);
    }
}
