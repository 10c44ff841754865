package org.cellstream.config;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions.OptionBuilder;
import org.apache.flink.configuration.MemorySize;

/** Options of the operators. The README's table is made from {@link #all}. */
public final class CellstreamOptions {

    private static final String PREFIX = "cellstream.";

    public static final ConfigOption<String> NETWORK =
            option("network")
                    .stringType()
                    .defaultValue("lstm(64) skip dense(1)")
                    .withDescription("Layers of the shared network, bottom first; see Layers.");

    public static final ConfigOption<String> COLUMNS =
            option("columns")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Inputs of the network, as \"range=High/Low|log, volume=Volume|log\".");

    public static final ConfigOption<String> TARGET =
            option("target")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The column that is forecast one event ahead.");

    public static final ConfigOption<MissingTarget> MISSING_TARGET =
            option("missing-target")
                    .enumType(MissingTarget.class)
                    .defaultValue(MissingTarget.REJECT)
                    .withDescription(
                            "An event without the target's field is rejected, or takes the key's own last forecast in its place (feedback).");

    public static final ConfigOption<String> HORIZONS =
            option("horizons")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Events ahead that are forecast too, as 1,2,5: network and experts run on on the forecasts themselves. Without, the next event alone.");

    public static final ConfigOption<Long> SEED =
            option("seed")
                    .longType()
                    .defaultValue(1L)
                    .withDescription("Seed of the first weights, and of what dropout drops.");

    public static final ConfigOption<Integer> PARALLELISM =
            option("parallelism")
                    .intType()
                    .defaultValue(2)
                    .withDescription(
                            "Subtasks of every operator but the trainer, which always has one.");

    public static final ConfigOption<Integer> BATCH_MAX_ROWS =
            option("batch.max-rows")
                    .intType()
                    .defaultValue(64)
                    .withDescription("Most rows that wait to be stepped together.");

    public static final ConfigOption<Duration> BATCH_MAX_DELAY =
            option("batch.max-delay")
                    .durationType()
                    .defaultValue(Duration.ofMillis(5))
                    .withDescription(
                            "Longest wait of a row for its batch. 0 ms steps every row alone.");

    public static final ConfigOption<EventOrder> ORDER =
            option("order")
                    .enumType(EventOrder.class)
                    .defaultValue(EventOrder.ARRIVAL)
                    .withDescription(
                            "Order of a key's events: as they arrive, or by event time, each waiting until the watermark has passed it.");

    public static final ConfigOption<Integer> LATE_REWIND_STEPS =
            option("late.rewind-steps")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "Events over which a key goes back to take in one that came late; the forecasts after it are emitted again, as corrections. 0 sends late events to the late topic.");

    public static final ConfigOption<Duration> GAPS_CADENCE =
            option("gaps.cadence")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Time expected from one event of a key to its next. Without, no gap changes anything.");

    public static final ConfigOption<MissingSteps> GAPS_MISSING =
            option("gaps.missing")
                    .enumType(MissingSteps.class)
                    .defaultValue(MissingSteps.MASK)
                    .withDescription(
                            "What missed steps do to a key's state: nothing, or each takes the last input once more.");

    public static final ConfigOption<Integer> GAPS_RESET_AFTER =
            option("gaps.reset-after")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Most missed steps that a key's state survives; after more it starts from zeros.");

    public static final ConfigOption<MemoryMode> MEMORY_MODE =
            option("memory.mode")
                    .enumType(MemoryMode.class)
                    .defaultValue(MemoryMode.STATEFUL)
                    .withDescription(
                            "From which state an event's step starts: from where the key's event before it ended, from zeros at the first of its last events, or from zeros at the event that starts its sequence.");

    public static final ConfigOption<Integer> MEMORY_WINDOW =
            option("memory.window")
                    .intType()
                    .defaultValue(20)
                    .withDescription(
                            "Last events of a key that are run for each forecast, and that make one training window, in mode window.");

    public static final ConfigOption<SequenceOutput> SEQUENCE_OUTPUT =
            option("sequence.output")
                    .enumType(SequenceOutput.class)
                    .defaultValue(SequenceOutput.EVERY_STEP)
                    .withDescription(
                            "Which events of a sequence get a forecast, and are learned from: each, or the one that ends it.");

    public static final ConfigOption<Integer> SEQUENCE_MAX_STEPS =
            option("sequence.max-steps")
                    .intType()
                    .defaultValue(100)
                    .withDescription(
                            "Most events of a sequence, and steps of a training window, for networks that read a sequence from both ends; one more is rejected.");

    public static final ConfigOption<MemorySize> MEMORY_RESIDENT_SIZE =
            option("memory.resident-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(256))
                    .withDescription(
                            "Heap for the memories of the most recently used keys, for each subtask of the forecaster. The others are read from the state backend.");

    public static final ConfigOption<Integer> MEMORY_RESIDENT_KEYS =
            option("memory.resident-keys")
                    .intType()
                    .noDefaultValue()
                    .withDescription("Most keys held there, instead of a size.");

    public static final ConfigOption<MemoryPrecision> MEMORY_PRECISION =
            option("memory.precision")
                    .enumType(MemoryPrecision.class)
                    .defaultValue(MemoryPrecision.FLOAT32)
                    .withDescription(
                            "What h and c are rounded to after every step: half the bytes with bfloat16 or float16.");

    public static final ConfigOption<Duration> MEMORY_TIME_TO_LIVE =
            option("memory.time-to-live")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Time without an event, in event time, after which a key is forgotten. Without, never.");

    public static final ConfigOption<Double> MEMORY_STATE_LIMIT =
            option("memory.state-limit")
                    .doubleType()
                    .defaultValue(1000.0)
                    .withDescription(
                            "Largest absolute value of a state; beyond it the key's state is reset.");

    public static final ConfigOption<Scaling> STANDARDISATION_SCALING =
            option("standardisation.scaling")
                    .enumType(Scaling.class)
                    .defaultValue(Scaling.STANDARD)
                    .withDescription(
                            "How a key's columns are brought to one scale: standard (running mean and deviation), mean (divided by the running mean of absolute values), robust (running median and median absolute deviation) or none. A restored job with another one than before is off until about 1/rate events of a key have passed.");

    public static final ConfigOption<Double> STANDARDISATION_RATE =
            option("standardisation.rate")
                    .doubleType()
                    .defaultValue(0.002)
                    .withDescription(
                            "Weight of a new value in a key's running mean and variance, once 1/count has fallen to it.");

    public static final ConfigOption<Double> STANDARDISATION_CLIP =
            option("standardisation.clip")
                    .doubleType()
                    .defaultValue(6.0)
                    .withDescription(
                            "Standardised values beyond plus or minus this are cut to it.");

    public static final ConfigOption<Integer> STANDARDISATION_PRIOR =
            option("standardisation.prior")
                    .intType()
                    .defaultValue(5)
                    .withDescription(
                            "Most events of its own that what is usual among all keys is worth to a key never seen. 0 lets every key start from nothing.");

    public static final ConfigOption<Boolean> TRAINING_ENABLED =
            option("training.enabled")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether this job learns. Without, weights come from the weights topic.");

    public static final ConfigOption<Integer> TRAINING_WINDOW =
            option("training.window")
                    .intType()
                    .defaultValue(20)
                    .withDescription("Time steps of a window of truncated backpropagation.");

    public static final ConfigOption<Integer> TRAINING_STRIDE =
            option("training.stride")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "Events of a key from one training window to the next, in mode window. 1 learns at each event, from all of its window.");

    public static final ConfigOption<LabelSource> TRAINING_LABELS =
            option("training.labels")
                    .enumType(LabelSource.class)
                    .defaultValue(LabelSource.NEXT_EVENT)
                    .withDescription(
                            "What is learned at an event: the target at the key's next event, or the label that the event brings.");

    public static final ConfigOption<Integer> TRAINING_MINIBATCH =
            option("training.minibatch")
                    .intType()
                    .noDefaultValue()
                    .withDescription(
                            "Windows that make one minibatch. Without, about as many as there are keys: it is full with two windows for each of its keys or 512 windows, and with weights by event time ends with the epoch.");

    public static final ConfigOption<Integer> TRAINING_STEPS_PER_MINIBATCH =
            option("training.steps-per-minibatch")
                    .intType()
                    .defaultValue(4)
                    .withDescription("Optimiser steps on each minibatch.");

    public static final ConfigOption<String> TRAINING_LOSS =
            option("training.loss")
                    .stringType()
                    .defaultValue("huber(1.0)")
                    .withDescription(
                            "What learning makes small, and so what the outputs are: mse, mae, huber(1.0), quantile(0.1, 0.5, 0.9), gaussian, student-t, binary-cross-entropy, categorical-cross-entropy.");

    public static final ConfigOption<String> TRAINING_OPTIMISER =
            option("training.optimiser")
                    .stringType()
                    .defaultValue("adam")
                    .withDescription(
                            "adam, adamw(weight-decay=0.01), sgd(momentum=0.9), rmsprop or adagrad. A restored job with another one than before starts its moments afresh.");

    public static final ConfigOption<String> TRAINING_SCHEDULE =
            option("training.schedule")
                    .stringType()
                    .defaultValue("constant")
                    .withDescription(
                            "What the learning rate is multiplied by, by optimiser steps: constant, step(1000, 0.5), exponential(0.9999), cosine(10000, 0.1), each after warm-up(500) or not.");

    public static final ConfigOption<Double> TRAINING_LEARNING_RATE =
            option("training.learning-rate")
                    .doubleType()
                    .defaultValue(0.002)
                    .withDescription("Step size of the optimiser.");

    public static final ConfigOption<Double> TRAINING_CLIP_NORM =
            option("training.clip-norm")
                    .doubleType()
                    .defaultValue(1.0)
                    .withDescription(
                            "Largest global norm of a gradient; a longer one is scaled down to it.");

    public static final ConfigOption<Double> TRAINING_CLIP_VALUE =
            option("training.clip-value")
                    .doubleType()
                    .noDefaultValue()
                    .withDescription(
                            "Largest absolute value of each number of a gradient; a larger one is cut to it, before the norm is taken.");

    public static final ConfigOption<Integer> TRAINING_PUBLISH_EVERY =
            option("training.publish-every")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "Minibatches between two publications of weights that take effect at arrival.");

    public static final ConfigOption<Integer> TRAINING_REPLAY_STEPS =
            option("training.replay-steps")
                    .intType()
                    .defaultValue(12)
                    .withDescription(
                            "Optimiser steps after each minibatch, each on a minibatch drawn again from past windows.");

    public static final ConfigOption<Integer> TRAINING_RESERVOIR =
            option("training.reservoir")
                    .intType()
                    .defaultValue(4000)
                    .withDescription(
                            "Past windows that are kept to be drawn again. A new one takes the place of a random one, so older ones fade.");

    public static final ConfigOption<Boolean> TRAINING_GATE =
            option("training.gate")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether weights are tried on live windows before they are published, and rolled back if they turn out worse.");

    public static final ConfigOption<Integer> TRAINING_WARM_UP =
            option("training.warm-up")
                    .intType()
                    .defaultValue(2)
                    .withDescription(
                            "Minibatches on which learned weights are tried before the first of them are published. For the gate.");

    public static final ConfigOption<Double> TRAINING_DRIFT_BOOST =
            option("training.drift-boost")
                    .doubleType()
                    .defaultValue(2.0)
                    .withDescription(
                            "What the learning rate is multiplied by when drift is found, falling back over 100 minibatches. 1 for never.");

    public static final ConfigOption<String> TRAINING_RATE =
            option("training.rate")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "How much of the stream is learned from: all, ratio(0.5) of the windows, per-second(100) time steps of event time, or adaptive, which follows the machine. Without, adaptive in a job of the file that runs without end and whose weights take effect at arrival, else all.");

    public static final ConfigOption<String> WEIGHTS_FILE =
            option("weights.file")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Model file, safetensors, with the first weights, where nothing is restored or published. Without, seeded ones.");

    public static final ConfigOption<WeightTiming> WEIGHTS_TIMING =
            option("weights.timing")
                    .enumType(WeightTiming.class)
                    .defaultValue(WeightTiming.ARRIVAL)
                    .withDescription(
                            "When new weights take effect: at once, or at an epoch of event time, so that two runs give the same forecasts.");

    public static final ConfigOption<Duration> WEIGHTS_EPOCH =
            option("weights.epoch")
                    .durationType()
                    .noDefaultValue()
                    .withDescription(
                            "Length of an epoch in event time. Needed for event-time; replay takes a quarter of a training window of the file's time steps.");

    public static final ConfigOption<Integer> WEIGHTS_SERVE_AFTER =
            option("weights.serve-after")
                    .intType()
                    .defaultValue(1)
                    .withDescription(
                            "Epochs from the one that weights learned through to the first that they serve: 1, or 2 to let learning and serving overlap.");

    public static final ConfigOption<WeightsChange> WEIGHTS_ON_CHANGE =
            option("weights.on-change")
                    .enumType(WeightsChange.class)
                    .defaultValue(WeightsChange.KEEP)
                    .withDescription(
                            "What becomes of a key's state at its first event after new weights: kept, reset, or made anew from its last inputs.");

    public static final ConfigOption<Integer> WEIGHTS_RERUN_STEPS =
            option("weights.rerun-steps")
                    .intType()
                    .defaultValue(20)
                    .withDescription("Last inputs that a key keeps for on-change=rerun.");

    public static final ConfigOption<String> EXPERTS =
            option("experts")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "Who forecasts beside the network, as \"last, ar, network\", or none; see Who speaks. Without, all that make sense.");

    public static final ConfigOption<Integer> SEASON =
            option("season")
                    .intType()
                    .defaultValue(0)
                    .withDescription(
                            "Events after which a key's targets repeat themselves, for the experts. 0 for no season.");

    public static final ConfigOption<ExpertChoice> EXPERTS_FOLLOW =
            option("experts.follow")
                    .enumType(ExpertChoice.class)
                    .defaultValue(ExpertChoice.MIXTURE)
                    .withDescription(
                            "Whether a forecast is the mean of what the experts say, each by its weight, or what the best of them says.");

    public static final ConfigOption<Boolean> EXPERTS_TELL =
            option("experts.tell")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription("Whether a forecast tells what each expert said.");

    public static final ConfigOption<Double> INTERVAL_COVERAGE =
            option("interval.coverage")
                    .doubleType()
                    .defaultValue(0.9)
                    .withDescription(
                            "Part of the targets that the interval of a forecast shall hold. 0 for no intervals and no anomaly scores.");

    private CellstreamOptions() {}

    /** Every option, in the order of the README's table. */
    public static List<ConfigOption<?>> all() {
        return Stream.of(ofStepping(), ofLearning(), ofExperts())
                .<ConfigOption<?>>flatMap(List::stream)
                .toList();
    }

    private static List<ConfigOption<?>> ofStepping() {
        return List.of(
                NETWORK,
                COLUMNS,
                TARGET,
                MISSING_TARGET,
                HORIZONS,
                SEED,
                PARALLELISM,
                BATCH_MAX_ROWS,
                BATCH_MAX_DELAY,
                ORDER,
                LATE_REWIND_STEPS,
                GAPS_CADENCE,
                GAPS_MISSING,
                GAPS_RESET_AFTER,
                MEMORY_MODE,
                MEMORY_WINDOW,
                SEQUENCE_OUTPUT,
                SEQUENCE_MAX_STEPS,
                MEMORY_RESIDENT_SIZE,
                MEMORY_RESIDENT_KEYS,
                MEMORY_PRECISION,
                MEMORY_TIME_TO_LIVE,
                MEMORY_STATE_LIMIT);
    }

    private static List<ConfigOption<?>> ofLearning() {
        return List.of(
                STANDARDISATION_SCALING,
                STANDARDISATION_RATE,
                STANDARDISATION_CLIP,
                STANDARDISATION_PRIOR,
                TRAINING_ENABLED,
                TRAINING_WINDOW,
                TRAINING_STRIDE,
                TRAINING_LABELS,
                TRAINING_MINIBATCH,
                TRAINING_STEPS_PER_MINIBATCH,
                TRAINING_LOSS,
                TRAINING_OPTIMISER,
                TRAINING_SCHEDULE,
                TRAINING_LEARNING_RATE,
                TRAINING_CLIP_NORM,
                TRAINING_CLIP_VALUE,
                TRAINING_PUBLISH_EVERY,
                TRAINING_REPLAY_STEPS,
                TRAINING_RESERVOIR,
                TRAINING_GATE,
                TRAINING_WARM_UP,
                TRAINING_DRIFT_BOOST,
                TRAINING_RATE,
                WEIGHTS_FILE,
                WEIGHTS_TIMING,
                WEIGHTS_EPOCH,
                WEIGHTS_SERVE_AFTER,
                WEIGHTS_ON_CHANGE,
                WEIGHTS_RERUN_STEPS);
    }

    private static List<ConfigOption<?>> ofExperts() {
        return List.of(EXPERTS, SEASON, EXPERTS_FOLLOW, EXPERTS_TELL, INTERVAL_COVERAGE);
    }

    private static OptionBuilder option(String name) {
        return key(PREFIX + name);
    }
}
