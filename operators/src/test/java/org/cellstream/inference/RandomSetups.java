package org.cellstream.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.configuration.MemorySize;
import org.cellstream.config.BatchConfig;
import org.cellstream.config.EventOrder;
import org.cellstream.config.ExpertChoice;
import org.cellstream.config.ExpertName;
import org.cellstream.config.ExpertsConfig;
import org.cellstream.config.GapConfig;
import org.cellstream.config.InferenceConfig;
import org.cellstream.config.LabelSource;
import org.cellstream.config.MemoryConfig;
import org.cellstream.config.MemoryPrecision;
import org.cellstream.config.MissingSteps;
import org.cellstream.config.MissingTarget;
import org.cellstream.config.ModeConfig;
import org.cellstream.config.SequenceConfig;
import org.cellstream.config.SequenceOutput;
import org.cellstream.config.StandardisationConfig;
import org.cellstream.config.TimingConfig;
import org.cellstream.config.WeightTiming;
import org.cellstream.config.WeightsChange;
import org.jspecify.annotations.Nullable;

/** Options at random, chosen so that short schedules feel them. */
final class RandomSetups {

    /** Columns, and the one that is forecast. */
    private static final String[][] COLUMNS = {
        {"value", "value"},
        {"value, change=value|diff", "value"},
        {"value, rise=value|diff|log1p", "value"}, // what it rejects depends on the event before
        {"level=value|log1p, gap", "level"},
        {"ratio=value/other, before=value|lag(2), size=other|abs", "ratio"}
    };

    private static final String[] NETWORKS = {
        "lstm(3) dense(1)",
        "lstm(2) lstm(3) dense(1)",
        "lstm(1)",
        "lstm(4) dense(2) dense(1)",
        "gru(3) gru(2, reset=before) dense(1)",
        "lstm(4, projection=2) gru(1)",
        "dense(1)"
    };

    /** Networks that need a sequence to be whole. */
    private static final String[] WHOLE_NETWORKS = {
        "bidirectional(lstm(2)) dense(1)", "bidirectional(gru(3), merge=sum) lstm(2) dense(1)"
    };

    /** Columns that only an embedding reads, the one that is forecast, and such a network. */
    private static final String[][] WITH_CATEGORIES = {
        {
            "value, id=key|category(4), hour=time|cyclic(0.05)",
            "value",
            "embedding(4, 2) lstm(3) dense(1)"
        },
        {
            "day=time|dayOfWeek|category(7), value, id=key|category(2), gap",
            "value",
            "embedding(2, 1) embedding(7, 2, column=2) gru(2) dense(1)"
        }
    };

    private final SplittableRandom random;

    private RandomSetups(SplittableRandom random) {
        this.random = random;
    }

    static ScheduleSetup of(SplittableRandom random) {
        return new RandomSetups(random).setup();
    }

    private ScheduleSetup setup() {
        boolean categories = random.nextInt(4) == 0;
        String[] columns = categories ? pick(WITH_CATEGORIES) : pick(COLUMNS);
        InferenceConfig config =
                new InferenceConfig(
                        new BatchConfig(
                                pick(1, 2, 3, 8),
                                Duration.ofMillis(random.nextInt(4) == 0 ? 0 : 5)),
                        timing(),
                        new StandardisationConfig(0.1, 3),
                        memory(),
                        sequence());
        SequenceConfig sequence = config.sequence();
        boolean whole =
                !categories
                        && sequence.mode().isSequence()
                        && sequence.weightsChange() == WeightsChange.KEEP
                        && sequence.gaps().missing() == MissingSteps.MASK;
        // A key that goes back does not know what labels its events had.
        boolean labels = sequence.rewindSteps() == 0 && random.nextInt(3) == 0;
        return new ScheduleSetup(
                categories ? columns[2] : whole ? pick(WHOLE_NETWORKS) : network(),
                columns[0],
                columns[1],
                config.missingTarget(whole ? MissingTarget.REJECT : missingTarget(columns[1]))
                        .labels(labels ? LabelSource.GIVEN : LabelSource.NEXT_EVENT)
                        .experts(labels ? ExpertsConfig.none() : experts()),
                random.nextBoolean());
    }

    private ExpertsConfig experts() {
        if (random.nextInt(3) == 0) {
            return ExpertsConfig.none();
        }
        List<ExpertName> some = new ArrayList<>(List.of(ExpertName.values()));
        some.removeIf(name -> random.nextInt(3) == 0);
        return new ExpertsConfig(
                some,
                pick(2, 3),
                pick(ExpertChoice.values()),
                random.nextBoolean(),
                random.nextBoolean() ? 0 : 0.8);
    }

    private MissingTarget missingTarget(String target) {
        boolean field = !target.equals("ratio"); // of which no forecast gives back two fields
        return field && random.nextInt(3) == 0 ? MissingTarget.FEEDBACK : MissingTarget.REJECT;
    }

    private String network() {
        return random.nextInt(8) == 0 ? "dense(1)" : pick(NETWORKS);
    }

    private TimingConfig timing() {
        return random.nextBoolean()
                ? TimingConfig.atArrival()
                : new TimingConfig(WeightTiming.EVENT_TIME, pick(7, 10, 20), pick(1, 2));
    }

    private MemoryConfig memory() {
        boolean byKeys = random.nextBoolean();
        return new MemoryConfig(
                new MemorySize(random.nextInt(4) == 0 ? 1 << 20 : 1_000),
                byKeys ? pick(1, 2, 3) : null,
                pick(MemoryPrecision.values()),
                random.nextInt(3) == 0 ? 0.6 : 1_000);
    }

    private SequenceConfig sequence() {
        EventOrder order = pick(EventOrder.values());
        boolean sequences = random.nextInt(4) == 0;
        int rewindSteps = sequences ? 0 : pick(0, 0, 1, 2, 3);
        boolean whole = sequences && random.nextBoolean();
        GapConfig gaps = gaps(!whole);
        Duration timeToLive = maybe(pick(15, 40));
        WeightsChange change = whole ? WeightsChange.KEEP : pick(WeightsChange.values());
        int rerunSteps = pick(1, 2, 3);
        // Windows take neither of what is about a state that goes on.
        boolean windows =
                gaps.missing() == MissingSteps.MASK
                        && change == WeightsChange.KEEP
                        && random.nextInt(3) > 0;
        return new SequenceConfig(
                order,
                rewindSteps,
                gaps,
                timeToLive,
                change,
                rerunSteps,
                sequences
                        ? ModeConfig.sequence(
                                random.nextInt(4) == 0
                                        ? SequenceOutput.END
                                        : SequenceOutput.EVERY_STEP,
                                pick(1, 2, 3))
                        : windows ? ModeConfig.window(pick(1, 2, 4)) : ModeConfig.stateful());
    }

    private GapConfig gaps(boolean mayCarry) {
        if (random.nextBoolean()) {
            return GapConfig.none();
        }
        boolean carry = mayCarry && random.nextBoolean();
        Integer resetAfter = carry || random.nextBoolean() ? pick(0, 2, 4) : null;
        return new GapConfig(
                Duration.ofMillis(pick(3, 6)),
                carry ? MissingSteps.CARRY : MissingSteps.MASK,
                resetAfter);
    }

    private @Nullable Duration maybe(int millis) {
        return random.nextInt(3) == 0 ? Duration.ofMillis(millis) : null;
    }

    private int pick(int... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> T pick(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
