package org.cellstream.benchmarks.growth;

import java.util.List;
import java.util.Locale;
import org.cellstream.benchmarks.harness.Form;
import org.cellstream.benchmarks.harness.JobSpec;

/** What grows, while all else stays as it is. */
@SuppressWarnings("ImmutableEnumChecker") // what List.of gives cannot change
enum GrowthAxis {
    HIDDEN("hidden units", List.of(16, 32, 64, 128, 256, 512), List.of(64)),
    LAYERS("layers of 64 units", List.of(1, 2, 3, 4), List.of(2)),
    BATCH("rows of a batch at most", List.of(1, 8, 64, 256, 1024), List.of(1, 64)),
    PARALLELISM("subtasks", List.of(1, 2), List.of(1, 2)),
    /** Last, since what it fills stays in the state of the job that all axes have in common. */
    KEYS("keys", List.of(400, 10_000, 100_000, 1_000_000), List.of(400, 20_000));

    /** Keys where something else grows: so few that all stay resident. */
    static final int FEW_KEYS = 10_000;

    private static final int HIDDEN_UNITS = 64;

    /** Where all axes meet. */
    static final JobSpec BASE = JobSpec.lstm(Form.OURS, HIDDEN_UNITS);

    private final String label;
    private final List<Integer> all;
    private final List<Integer> few;

    GrowthAxis(String label, List<Integer> all, List<Integer> few) {
        this.label = label;
        this.all = all;
        this.few = few;
    }

    String label() {
        return label;
    }

    List<Integer> points(boolean quick) {
        return quick ? few : all;
    }

    /** The name of a point in reports, as {@code Hidden64}. */
    String cell(int point) {
        String name = name().substring(0, 1) + name().substring(1).toLowerCase(Locale.ROOT);
        return name + point;
    }

    JobSpec spec(int point) {
        return switch (this) {
            case KEYS -> BASE;
            case HIDDEN -> JobSpec.lstm(Form.OURS, point);
            case LAYERS ->
                    BASE.withNetwork(
                            "lstm(%d) ".formatted(HIDDEN_UNITS).repeat(point) + "dense(1)");
            case BATCH -> BASE.withBatchRows(point);
            case PARALLELISM -> BASE.withParallelism(point);
        };
    }
}
