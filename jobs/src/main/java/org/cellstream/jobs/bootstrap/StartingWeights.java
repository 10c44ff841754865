package org.cellstream.jobs.bootstrap;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cellstream.KeyedLstm;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.inspect.SavedJob;
import org.cellstream.jobs.replay.WrongInputException;
import org.jspecify.annotations.Nullable;

/** Finds the weights to start from. */
final class StartingWeights {

    private static final String ALLOWED =
            "need the folder of a savepoint or checkpoint of a job that learned; without --weights,"
                    + " weights are seeded";

    private StartingWeights() {}

    /**
     * A network with the weights that a path holds.
     *
     * @param weights folder of a savepoint or checkpoint; null for seeded weights
     * @throws WrongInputException if it holds no weights, or those of another network
     */
    static KeyedLstm<String> of(KeyedLstm<String> lstm, @Nullable Path weights) throws Exception {
        if (weights == null) {
            return lstm;
        }
        if (Files.exists(weights) && !Files.isDirectory(weights)) {
            throw new WrongInputException("--weights %s is a file; %s".formatted(weights, ALLOWED));
        }
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
}
