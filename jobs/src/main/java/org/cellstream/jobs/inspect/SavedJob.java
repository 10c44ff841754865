package org.cellstream.jobs.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.annotation.Internal;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.state.api.OperatorIdentifier;
import org.apache.flink.state.api.runtime.SavepointLoader;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.savepoint.SavedMemories;
import org.cellstream.savepoint.SavedOperators;
import org.cellstream.savepoint.SavedTrainer;

/**
 * A savepoint or a kept checkpoint of a job with a forecaster. What it holds beside the keys is
 * read at once, without a job.
 */
@Internal
public final class SavedJob {

    private static final String METADATA = "_metadata";
    private static final int DEPTH = 3; // job, checkpoint, metadata

    private final Path folder;
    private final String uidPrefix;
    private final CheckpointMetadata metadata;
    private final OperatorState forecaster;

    private SavedJob(Path folder, String uidPrefix, CheckpointMetadata metadata)
            throws WrongInputException {
        this.folder = folder;
        this.uidPrefix = uidPrefix;
        this.metadata = metadata;
        String uid = uidPrefix + SavedOperators.FORECASTER;
        forecaster = operator(uid).orElseThrow(() -> noOperator(uid));
    }

    /**
     * Opens a folder.
     *
     * @param uidPrefix what stands before the uids of the network's operators; empty for a job with
     *     one network
     * @throws WrongInputException if it is no savepoint, or one without the network's forecaster
     */
    public static SavedJob open(Path folder, String uidPrefix) throws IOException {
        if (!Files.isRegularFile(folder.resolve(METADATA))) {
            throw new WrongInputException(noSavepoint(folder));
        }
        try {
            return new SavedJob(
                    folder,
                    uidPrefix,
                    SavepointLoader.loadSavepointMetadata(folder.toUri().toString()));
        } catch (WrongInputException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // a cut or foreign file gives any of them
            throw new WrongInputException(
                    "%s cannot be read: %s".formatted(folder.resolve(METADATA), Causes.first(e)),
                    e);
        }
    }

    private static String noSavepoint(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return "there is no folder " + folder;
        }
        try (Stream<Path> files = Files.walk(folder, DEPTH)) {
            String below =
                    files.filter(file -> file.endsWith(METADATA))
                            .map(file -> String.valueOf(file.getParent()))
                            .sorted()
                            .collect(Collectors.joining(", "));
            return "%s is no savepoint or checkpoint: it holds no %s%s"
                    .formatted(folder, METADATA, below.isEmpty() ? "" : "; did you mean " + below);
        }
    }

    private Optional<OperatorState> operator(String uid) {
        var id = OperatorIdentifier.forUid(uid).getOperatorId();
        return metadata.getOperatorStates().stream()
                .filter(operator -> operator.getOperatorID().equals(id))
                .findFirst();
    }

    private WrongInputException noOperator(String uid) {
        String all =
                metadata.getOperatorStates().stream()
                        .map(
                                operator ->
                                        operator.getOperatorUid()
                                                .orElse(operator.getOperatorID().toHexString()))
                        .sorted()
                        .collect(Collectors.joining(", "));
        return new WrongInputException(
                "%s has no operator with uid %s; it has %s".formatted(folder, uid, all));
    }

    Path folder() {
        return folder;
    }

    OperatorIdentifier forecasterId() {
        return OperatorIdentifier.forUid(uidPrefix + SavedOperators.FORECASTER);
    }

    OperatorState forecaster() {
        return forecaster;
    }

    /** The forecaster's memories; empty if no key had any. */
    Optional<SavedMemories> memories() throws IOException {
        try {
            return new KeyedHandles(forecaster)
                    .serializer(SavedMemories.STATE)
                    .map(SavedMemories::of);
        } catch (IllegalArgumentException e) {
            throw new WrongInputException(folder + ": " + e.getMessage(), e);
        }
    }

    /** The weights that the forecaster serves. */
    public Optional<WeightUpdate> servedWeights() throws Exception {
        try (OperatorStates states = OperatorStates.of(forecaster)) {
            return SavedOperators.servedWeights(states.store());
        }
    }

    /** Whether all events that the forecaster held were stepped. */
    boolean isDrained() throws Exception {
        try (OperatorStates states = OperatorStates.of(forecaster)) {
            return SavedOperators.isDrained(states.store());
        }
    }

    /** How far the network's trainer had come; empty if the job has none. */
    Optional<SavedTrainer> trainer() throws Exception {
        Optional<OperatorState> trainer = operator(uidPrefix + SavedOperators.TRAINER);
        if (trainer.isEmpty()) {
            return Optional.empty();
        }
        try (OperatorStates states = OperatorStates.of(trainer.get())) {
            return SavedOperators.trainer(states.store());
        }
    }
}
