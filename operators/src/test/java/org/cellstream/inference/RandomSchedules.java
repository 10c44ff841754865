package org.cellstream.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.TimingConfig;
import org.cellstream.event.Control;
import org.cellstream.event.Marks;
import org.cellstream.event.WeightUpdate;
import org.cellstream.nn.Network;
import org.jspecify.annotations.Nullable;

/** Schedules at random, the same for the same seed. */
final class RandomSchedules {

    private static final String[] KEYS = {"a", "b", "c", "d", "e"};
    private static final double[] EXTREME = {
        Double.NaN, Double.POSITIVE_INFINITY, 1e300, -1e300, 0, -0.0, -5, 1e-300, Double.MAX_VALUE
    };

    private final SplittableRandom random;
    private final ScheduleSetup setup;
    private final TimingConfig timing;
    private final List<Action> actions = new ArrayList<>();
    private final double[] levels = new double[KEYS.length];
    private long now;
    private long offset;
    private long watermark = Long.MIN_VALUE;
    private long generation = 1;
    private long number;
    private long epoch;

    private RandomSchedules(SplittableRandom random) {
        this.random = random;
        this.setup = RandomSetups.of(random);
        this.timing = setup.config().timing();
        this.now = random.nextInt(-40, 40);
        this.epoch = timing.byEventTime() ? timing.epochOf(now) - 1 : 0;
        Arrays.fill(levels, 3);
    }

    static Schedule schedule(long seed) {
        return new RandomSchedules(new SplittableRandom(seed)).schedule();
    }

    private Schedule schedule() {
        // A key has an interval, and so something that its width changes, after ten errors only.
        boolean longOne = random.nextInt(8) == 0;
        int length = longOne ? random.nextInt(100, 160) : random.nextInt(20, 61);
        while (actions.size() < length) {
            int kind = random.nextInt(100);
            if (kind < 58) {
                event();
            } else if (kind < 68) {
                watermark();
            } else if (kind < 77) {
                weights();
            } else if (kind < 87) {
                order();
            } else {
                platform(kind);
            }
        }
        return new Schedule(setup, actions);
    }

    private void platform(int kind) {
        if (kind < 90) {
            actions.add(Action.passMillis(random.nextInt(1, 7)));
        } else if (kind < 94) {
            actions.add(Action.barrier());
        } else if (kind < 97) {
            actions.add(Action.failure());
        } else if (kind < 99) {
            actions.add(Action.rescale(random.nextInt(1, 4)));
        } else if (random.nextInt(3) == 0) {
            actions.add(Action.drain(random.nextInt(1, 4)));
            watermark = Long.MIN_VALUE;
        }
    }

    private void event() {
        now += random.nextInt(20) == 0 ? random.nextInt(10, 60) : random.nextInt(4);
        int key = Math.min(random.nextInt(6), random.nextInt(KEYS.length));
        long time = now - (random.nextInt(4) == 0 ? random.nextInt(1, 16) : 0);
        int fields = setup.shape().columns().fields().size();
        double[] numbers = new double[random.nextInt(50) == 0 ? fields + 1 : fields];
        for (int field = 0; field < numbers.length; field++) {
            numbers[field] = number(key);
        }
        if (setup.config().missingTarget() == MissingTarget.FEEDBACK && random.nextInt(3) == 0) {
            String field = setup.shape().columns().targetField();
            numbers[setup.shape().columns().fields().indexOf(field)] = Double.NaN;
        }
        actions.add(Action.event(KEYS[key], time, offset++, numbers).marked(marks(key)));
    }

    /** What an event says of itself; its labels and boundaries are read in some setups only. */
    private Marks marks(int key) {
        Marks marks = random.nextInt(3) > 0 ? Marks.NONE.labelled(levels[key] + 0.25) : Marks.NONE;
        if (random.nextInt(12) == 0) {
            return marks.mask();
        }
        if (!setup.config().sequence().mode().isSequence()) {
            return marks;
        }
        return switch (random.nextInt(8)) {
            case 0, 1 -> marks.start();
            case 2 -> marks.end();
            case 3 -> random.nextBoolean() ? marks.start().end() : marks.end();
            default -> marks;
        };
    }

    private double number(int key) {
        if (random.nextInt(20) == 0) {
            return EXTREME[random.nextInt(EXTREME.length)];
        }
        levels[key] = Math.abs(levels[key] + random.nextInt(-4, 5) / 4.0);
        return levels[key];
    }

    private void watermark() {
        watermark = Math.max(watermark, now - random.nextInt(8));
        actions.add(Action.eventWatermark(watermark));
    }

    /** At arrival any version, by epochs the next epoch's. */
    private void weights() {
        if (!timing.byEventTime()) {
            actions.add(publication(WeightUpdate.AT_ARRIVAL));
            if (random.nextInt(4) == 0) {
                actions.add(Action.trainerWatermark(now));
            }
        } else if (epoch <= timing.epochOf(now) + 1) {
            actions.add(publication(epoch));
            if (random.nextInt(8) == 0) {
                actions.add(Action.failure());
            }
            epoch++;
            actions.add(Action.trainerWatermark(timing.lastTimeBefore(epoch)));
        }
    }

    private Action publication(long epochOfWeights) {
        WeightsKind kind =
                switch (random.nextInt(12)) {
                    case 0 -> WeightsKind.LARGE;
                    case 1 -> WeightsKind.POISON;
                    case 2 -> WeightsKind.FOREIGN;
                    case 3 -> WeightsKind.SHORT;
                    case 4, 5 -> WeightsKind.UNCHANGED;
                    default -> WeightsKind.GOOD;
                };
        boolean older = random.nextInt(6) == 0;
        if (!older && random.nextInt(8) == 0) {
            generation++;
            number = 0;
        }
        number += older ? 0 : 1;
        long version = older ? Math.max(0, number - random.nextInt(2)) : number;
        return Action.weights(generation, version, epochOfWeights, kind);
    }

    private void order() {
        Control.Action[] all = Control.Action.values();
        Control.Action action = all[random.nextInt(all.length)];
        if (action == Control.Action.REPORT && setup.config().sequence().timeToLive() != null) {
            return; // whether its key's space was given back by then depends on the machine
        }
        boolean forAll = random.nextInt(4) == 0;
        boolean atOnce = random.nextInt(forAll ? 10 : 2) == 0;
        boolean takesTime = action != Control.Action.REPORT && action != Control.Action.FORGET;
        boolean namesLayer =
                action == Control.Action.RESET_LAYER
                        || (action == Control.Action.RESET && random.nextInt(10) == 0);
        boolean timed = !atOnce && (takesTime || random.nextInt(10) == 0);
        actions.add(
                Action.order(
                        new Control<>(
                                action,
                                forAll ? null : KEYS[random.nextInt(KEYS.length)],
                                namesLayer ? layer() : null,
                                timed ? now + random.nextInt(-12, 20) : Control.AT_ONCE,
                                action == Control.Action.SEED ? state() : Map.of(),
                                ScheduleSetup.PARTITION,
                                offset++)));
    }

    private @Nullable String layer() {
        Network network = setup.shape().network();
        return random.nextInt(12) == 0
                ? "lstm_9"
                : network.nameOf(random.nextInt(network.layers().size()));
    }

    private Map<String, float[]> state() {
        Network network = setup.shape().network();
        Map<String, float[]> state = new HashMap<>();
        for (int i = 0; i < network.layers().size(); i++) {
            int size = network.layers().get(i).stateSize();
            if (size > 0 && random.nextInt(4) > 0) {
                float[] values = new float[random.nextInt(20) == 0 ? size + 1 : size];
                for (int j = 0; j < values.length; j++) {
                    values[j] = random.nextInt(-100, 101) / 90f;
                }
                state.put(network.nameOf(i), values);
            }
        }
        return state;
    }
}
