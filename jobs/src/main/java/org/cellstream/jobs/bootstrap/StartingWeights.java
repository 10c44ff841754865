package org.cellstream.jobs.bootstrap;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.cellstream.KeyedLstm;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.inspect.SavedJob;
import org.cellstream.jobs.replay.WrongInputException;
import org.jspecify.annotations.Nullable;

/** Finds the weights to start from. */
final class StartingWeights {

    private static final String ALLOWED =
            "need a model file, or the folder of a savepoint or checkpoint of a job that learned";

    private StartingWeights() {}

    /**
     * A network with the weights that a path holds.
     *
     * @param options of the job
     * @param weights a model file, or the folder of a savepoint or checkpoint; null for the first
     *     weights that the options say
     * @throws WrongInputException if it holds no weights, or those of another network
     */
    static KeyedLstm<String> of(ReadableConfig options, @Nullable Path weights) throws Exception {
        if (weights == null) {
            return KeyedLstm.of(Types.STRING, options);
        }
        if (!Files.isDirectory(weights)) {
            return fromFile(options, weights);
        }
        KeyedLstm<String> lstm = KeyedLstm.of(Types.STRING, options);
        WeightUpdate served =
                SavedJob.open(weights, "")
                        .servedWeights()
                        .orElseThrow(
                                () ->
                                        new WrongInputException(
                                                "--weights %s holds no weights; %s"
                                                        .formatted(weights, ALLOWED)));
        try {
            return lstm.startingFrom(served).afterGeneration(served.generation());
        } catch (IllegalArgumentException e) {
            throw new WrongInputException("--weights %s: %s".formatted(weights, e.getMessage()), e);
        }
    }

    private static KeyedLstm<String> fromFile(ReadableConfig options, Path weights)
            throws WrongInputException {
        if (!Files.exists(weights)) {
            throw new WrongInputException("there is no %s; %s".formatted(weights, ALLOWED));
        }
        Configuration withFile = Configuration.fromMap(options.toMap());
        withFile.set(CellstreamOptions.WEIGHTS_FILE, weights.toString());
        try {
            return KeyedLstm.of(Types.STRING, withFile);
        } catch (IllegalArgumentException e) {
            throw new WrongInputException("--weights: %s".formatted(e.getMessage()), e);
        }
    }
}
