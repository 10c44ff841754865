package org.cellstream.benchmarks.chaos;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.OperatorStateHandle;

/**
 * What a savepoint holds of the trainer, as it was written: weights, the optimiser's moments and
 * counts. Equal bytes are equal weights, to the last bit.
 */
final class TrainerBytes {

    private static final String OPERATOR = "trainer";
    private static final String STATE = "trainer";

    private TrainerBytes() {}

    /**
     * Reads them.
     *
     * @param savepoint folder of a savepoint
     * @throws IOException if there is no trainer in it
     */
    static byte[] read(Path savepoint) throws IOException {
        try (DataInputStream in =
                new DataInputStream(Files.newInputStream(savepoint.resolve("_metadata")))) {
            CheckpointMetadata metadata =
                    Checkpoints.loadCheckpointMetadata(
                            in, TrainerBytes.class.getClassLoader(), savepoint.toString());
            for (OperatorState operator : metadata.getOperatorStates()) {
                if (operator.getOperatorUid().filter(OPERATOR::equals).isPresent()) {
                    for (OperatorSubtaskState subtask : operator.getStates()) {
                        for (OperatorStateHandle handle : subtask.getManagedOperatorState()) {
                            OperatorStateHandle.StateMetaInfo state =
                                    handle.getStateNameToPartitionOffsets().get(STATE);
                            if (state != null) {
                                return read(handle, state.getOffsets()[0]);
                            }
                        }
                    }
                }
            }
        }
        throw new IOException("there is no state of a trainer in " + savepoint);
    }

    /** States lie one behind the other, so one ends where the next begins. */
    private static byte[] read(OperatorStateHandle handle, long first) throws IOException {
        try (InputStream in = handle.openInputStream()) {
            byte[] all = in.readAllBytes();
            long end =
                    handle.getStateNameToPartitionOffsets().values().stream()
                            .flatMapToLong(state -> LongStream.of(state.getOffsets()))
                            .filter(offset -> offset > first)
                            .min()
                            .orElse(all.length);
            return Arrays.copyOfRange(all, (int) first, (int) end);
        }
    }
}
