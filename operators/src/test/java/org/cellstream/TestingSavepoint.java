package org.cellstream;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.memory.DataInputViewStreamWrapper;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.OperatorStateHandle;

/**
 * What a savepoint says of its operators.
 *
 * @param path as Flink names it
 */
record TestingSavepoint(String path) {

    /** Where event time stands for the forecaster. */
    Map<String, Long> eventClock() throws IOException {
        Map<String, Long> clock = new HashMap<>();
        for (OperatorStateHandle handle : handles("forecaster")) {
            var offsets = handle.getStateNameToPartitionOffsets().get("event-clock");
            try (FSDataInputStream in = handle.openInputStream()) {
                in.seek(offsets.getOffsets()[0]);
                DataInputViewStreamWrapper view = new DataInputViewStreamWrapper(in);
                for (int left = view.readInt(); left > 0; left--) {
                    clock.put(
                            StringSerializer.INSTANCE.deserialize(view),
                            LongSerializer.INSTANCE.deserialize(view));
                }
            }
        }
        return clock;
    }

    /** How many records a list of an operator has. */
    int records(String uid, String list) throws IOException {
        int records = 0;
        for (OperatorStateHandle handle : handles(uid)) {
            var offsets = handle.getStateNameToPartitionOffsets().get(list);
            records += offsets == null ? 0 : offsets.getOffsets().length;
        }
        return records;
    }

    /** Bytes that an operator's task kept of what had come to it and was not read yet. */
    long inputsInFlight(String uid) throws IOException {
        return states(uid).mapToLong(state -> state.getInputChannelState().getStateSize()).sum();
    }

    /** Bytes that an operator's task kept of what it had put out and was not taken yet. */
    long outputsInFlight(String uid) throws IOException {
        return states(uid)
                .mapToLong(state -> state.getResultSubpartitionState().getStateSize())
                .sum();
    }

    private List<OperatorStateHandle> handles(String uid) throws IOException {
        return states(uid).flatMap(state -> state.getManagedOperatorState().stream()).toList();
    }

    private Stream<OperatorSubtaskState> states(String uid) throws IOException {
        Path metadata = Path.of(URI.create(path)).resolve("_metadata");
        try (DataInputStream in = new DataInputStream(Files.newInputStream(metadata))) {
            return Checkpoints.loadCheckpointMetadata(in, getClass().getClassLoader(), path)
                    .getOperatorStates()
                    .stream()
                    .filter(state -> state.getOperatorUid().orElse("").equals(uid))
                    .flatMap(state -> state.getStates().stream());
        }
    }
}
