package org.cellstream.config;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Which loss the network learns by, and so what its outputs mean.
 *
 * @param kind which loss
 * @param numbers of {@code huber} its delta, above 0; of {@code quantile} the levels, above 0,
 *     below 1 and rising; else none
 */
public record LossConfig(Kind kind, List<Double> numbers) implements Serializable {

    private static final String ALLOWED =
            "mse, mae, huber(delta), binary-cross-entropy, categorical-cross-entropy,"
                    + " quantile(level, level, ...), gaussian or student-t";

    /** The losses, by the words that options have for them. */
    public enum Kind {
        MSE("mse"),
        MAE("mae"),
        HUBER("huber"),
        BINARY_CROSS_ENTROPY("binary-cross-entropy"),
        CATEGORICAL_CROSS_ENTROPY("categorical-cross-entropy"),
        QUANTILE("quantile"),
        GAUSSIAN("gaussian"),
        STUDENT_T("student-t");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    public LossConfig {
        numbers = List.copyOf(numbers);
        switch (kind) {
            case HUBER -> check(numbers.size() == 1 && numbers.get(0) > 0, kind, numbers);
            case QUANTILE -> check(areLevels(numbers), kind, numbers);
            default -> check(numbers.isEmpty(), kind, numbers);
        }
    }

    private static void check(boolean right, Kind kind, List<Double> numbers) {
        if (!right) {
            String allowed =
                    switch (kind) {
                        case HUBER -> "huber(delta) with one number above 0, as huber(1.0)";
                        case QUANTILE ->
                                "quantile(level, ...) with levels above 0, below 1 and rising, as"
                                        + " quantile(0.1, 0.5, 0.9)";
                        default -> kind + " without brackets";
                    };
            throw Call.wrong(CellstreamOptions.TRAINING_LOSS, text(kind, numbers), allowed);
        }
    }

    private static boolean areLevels(List<Double> levels) {
        double last = 0;
        for (double level : levels) {
            if (!(level > last && level < 1)) {
                return false;
            }
            last = level;
        }
        return !levels.isEmpty();
    }

    /** Whether the network's only output is the forecast itself. */
    public boolean isOfOnePoint() {
        return switch (kind) {
            case MSE, MAE, HUBER -> true;
            case BINARY_CROSS_ENTROPY, CATEGORICAL_CROSS_ENTROPY, QUANTILE, GAUSSIAN, STUDENT_T ->
                    false;
        };
    }

    /** The mean squared error. */
    public static LossConfig mse() {
        return new LossConfig(Kind.MSE, List.of());
    }

    /**
     * Reads what {@link #toString} gives.
     *
     * @throws IllegalArgumentException if it is no loss; the message says what is allowed
     */
    public static LossConfig parse(String text) {
        Call call = Call.parseOne(CellstreamOptions.TRAINING_LOSS, text, ALLOWED);
        for (Kind kind : Kind.values()) {
            if (kind.word.equals(call.name())) {
                return new LossConfig(kind, call.numbers(CellstreamOptions.TRAINING_LOSS));
            }
        }
        throw Call.wrong(CellstreamOptions.TRAINING_LOSS, text, ALLOWED);
    }

    public static LossConfig from(ReadableConfig options) {
        return parse(options.get(CellstreamOptions.TRAINING_LOSS));
    }

    @Override
    public String toString() {
        return text(kind, numbers);
    }

    private static String text(Kind kind, List<Double> numbers) {
        return numbers.isEmpty()
                ? kind.word
                : numbers.stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ", kind.word + "(", ")"));
    }
}
