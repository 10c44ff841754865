package org.cellstream.training;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.cellstream.config.OptimiserConfig;
import org.cellstream.learn.LearnerState;
import org.jspecify.annotations.Nullable;

/**
 * What a checkpoint holds of the trainer, beside its keys' memories and what waits; public so that
 * Flink's serializer reaches it.
 *
 * @param shape description of the network and its columns
 * @param weights the weights
 * @param optimiser the option's word for the optimiser that made the moments; a state written
 *     before there was a choice says none, and means adam
 * @param firstMoment running mean or sum of gradients; empty if the optimiser has none
 * @param secondMoment running mean or sum of squared gradients; empty if the optimiser has none
 * @param optimiserSteps optimiser steps so far
 * @param assembledGeneration generation that the running job was put together with; it differs
 *     after a restore by a person
 * @param generation generation of its publications
 * @param number number of its last publication
 * @param minibatches minibatches since the last publication that changed the weights
 * @param openEpoch the epoch whose publication is due next, or {@link #NO_EPOCH}
 * @param closedEpoch the last epoch that was published, or {@link #NO_EPOCH}
 * @param changed whether the weights differ from those last published
 */
@Internal
public record TrainerSnapshot(
        String shape,
        float[] weights,
        @Nullable String optimiser,
        float[] firstMoment,
        float[] secondMoment,
        long optimiserSteps,
        long assembledGeneration,
        long generation,
        long number,
        long minibatches,
        long openEpoch,
        long closedEpoch,
        boolean changed) {

    static final long NO_EPOCH = Long.MIN_VALUE;

    /** The Flink type of trainers' snapshots. */
    public static TypeInformation<TrainerSnapshot> type() {
        TypeInformation<?> floats = Types.PRIMITIVE_ARRAY(Types.FLOAT);
        return Types.POJO(
                TrainerSnapshot.class,
                Map.ofEntries(
                        Map.entry("shape", Types.STRING),
                        Map.entry("weights", floats),
                        Map.entry("optimiser", Types.STRING),
                        Map.entry("firstMoment", floats),
                        Map.entry("secondMoment", floats),
                        Map.entry("optimiserSteps", Types.LONG),
                        Map.entry("assembledGeneration", Types.LONG),
                        Map.entry("generation", Types.LONG),
                        Map.entry("number", Types.LONG),
                        Map.entry("minibatches", Types.LONG),
                        Map.entry("openEpoch", Types.LONG),
                        Map.entry("closedEpoch", Types.LONG),
                        Map.entry("changed", Types.BOOLEAN)));
    }

    LearnerState learner() {
        OptimiserConfig.Kind kind =
                optimiser == null
                        ? OptimiserConfig.Kind.ADAM
                        : OptimiserConfig.Method.parse(optimiser).kind();
        return new LearnerState(kind, weights, firstMoment, secondMoment, optimiserSteps);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TrainerSnapshot s
                && shape.equals(s.shape)
                && learner().equals(s.learner())
                && assembledGeneration == s.assembledGeneration
                && generation == s.generation
                && number == s.number
                && minibatches == s.minibatches
                && openEpoch == s.openEpoch
                && closedEpoch == s.closedEpoch
                && changed == s.changed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(shape, Arrays.hashCode(weights), generation, number);
    }

    @Override
    public String toString() {
        return "TrainerSnapshot[%s, weights %d.%d after %d steps]"
                .formatted(shape, generation, number, optimiserSteps);
    }
}
