package org.cellstream.config;

import java.io.Serializable;
import java.util.List;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/**
 * How a gradient moves the weights.
 *
 * @param method the optimiser
 * @param learningRate its step size before the schedule
 * @param schedule what the step size is multiplied by
 * @param clipNorm largest global norm of a gradient; a longer one is scaled down to it
 * @param clipValue largest absolute value of a number of a gradient, cut before the norm is taken;
 *     null for no such limit
 */
public record OptimiserConfig(
        Method method,
        double learningRate,
        ScheduleConfig schedule,
        double clipNorm,
        @Nullable Double clipValue)
        implements Serializable {

    private static final String ALLOWED =
            "sgd, sgd(momentum=0.9), adam, adamw(weight-decay=0.01), rmsprop or adagrad";

    /** PyTorch's. */
    private static final double USUAL_DECAY = 0.01;

    /** The optimisers, by the words that options have for them. */
    public enum Kind {
        SGD("sgd", "momentum"),
        ADAM("adam", null),
        ADAMW("adamw", "weight-decay"),
        RMSPROP("rmsprop", null),
        ADAGRAD("adagrad", null);

        private final String word;
        private final @Nullable String parameter;

        Kind(String word, @Nullable String parameter) {
            this.word = word;
            this.parameter = parameter;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /**
     * An optimiser with its number.
     *
     * @param kind which one
     * @param number of {@code sgd} the momentum, 0 to below 1; of {@code adamw} the weight decay,
     *     at least 0; else 0
     */
    public record Method(Kind kind, double number) implements Serializable {

        public Method {
            boolean right =
                    switch (kind) {
                        case SGD -> number >= 0 && number < 1;
                        case ADAMW -> number >= 0 && number < Double.POSITIVE_INFINITY;
                        default -> number == 0;
                    };
            if (!right) {
                throw Call.wrong(
                        CellstreamOptions.TRAINING_OPTIMISER,
                        kind + "(" + number + ")",
                        "a momentum of 0 to below 1, a weight decay of at least 0, and no number"
                                + " for other optimisers");
            }
        }

        /**
         * Reads an option.
         *
         * @throws IllegalArgumentException if it is no optimiser; the message says what is allowed
         */
        public static Method parse(String text) {
            Call call = Call.parseOne(CellstreamOptions.TRAINING_OPTIMISER, text, ALLOWED);
            for (Kind kind : Kind.values()) {
                if (kind.word.equals(call.name())) {
                    return of(kind, call, text);
                }
            }
            throw Call.wrong(CellstreamOptions.TRAINING_OPTIMISER, text, ALLOWED);
        }

        private static Method of(Kind kind, Call call, String text) {
            List<String> arguments = call.arguments();
            String parameter = kind.parameter;
            if (arguments.isEmpty()) {
                return new Method(kind, kind == Kind.ADAMW ? USUAL_DECAY : 0);
            }
            if (parameter == null) {
                throw Call.wrong(CellstreamOptions.TRAINING_OPTIMISER, text, ALLOWED);
            }
            return new Method(kind, call.named(CellstreamOptions.TRAINING_OPTIMISER, parameter));
        }
    }

    public OptimiserConfig {
        Checks.positive(CellstreamOptions.TRAINING_LEARNING_RATE, learningRate);
        Checks.positive(CellstreamOptions.TRAINING_CLIP_NORM, clipNorm);
        if (clipValue != null) {
            Checks.positive(CellstreamOptions.TRAINING_CLIP_VALUE, clipValue);
        }
    }

    /** Adam with a learning rate that stays, clipped by global norm. */
    public static OptimiserConfig adam(double learningRate, double clipNorm) {
        return new OptimiserConfig(
                new Method(Kind.ADAM, 0), learningRate, ScheduleConfig.constant(), clipNorm, null);
    }

    public static OptimiserConfig from(ReadableConfig options) {
        return new OptimiserConfig(
                Method.parse(options.get(CellstreamOptions.TRAINING_OPTIMISER)),
                options.get(CellstreamOptions.TRAINING_LEARNING_RATE),
                ScheduleConfig.parse(options.get(CellstreamOptions.TRAINING_SCHEDULE)),
                options.get(CellstreamOptions.TRAINING_CLIP_NORM),
                options.getOptional(CellstreamOptions.TRAINING_CLIP_VALUE).orElse(null));
    }
}
