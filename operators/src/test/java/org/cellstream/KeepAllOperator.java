package org.cellstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps all that a stream brings in its own state, so that it has each record as often as the state
 * of the operators before it says, and shows it to the test once the input has ended.
 */
final class KeepAllOperator<T> extends AbstractStreamOperator<T>
        implements OneInputStreamOperator<T, T>, BoundedOneInput {

    private static final long serialVersionUID = 1L;

    private static final Map<String, List<?>> ENDED = new ConcurrentHashMap<>();

    private final String name;
    private final TypeInformation<T> type;
    private transient ListState<T> state;
    private transient List<T> kept;

    private KeepAllOperator(String name, TypeInformation<T> type) {
        this.name = name;
        this.type = type;
    }

    static <T> void keep(DataStream<T> stream, String name) {
        stream.transform(name, stream.getType(), new KeepAllOperator<>(name, stream.getType()))
                .uid(name)
                .setParallelism(1);
    }

    /** Forgets what earlier jobs have shown. */
    static void forget() {
        ENDED.clear();
    }

    /** What the stream has brought, if it has ended. */
    @SuppressWarnings("unchecked") // the test knows what it kept
    static <T> List<T> shown(String name) {
        List<?> shown = ENDED.get(name);
        if (shown == null) {
            throw new IllegalStateException(name + " has not ended");
        }
        return (List<T>) shown;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state =
                context.getOperatorStateStore()
                        .getListState(new ListStateDescriptor<>("kept", type));
        kept = new ArrayList<>();
        state.get().forEach(kept::add);
    }

    @Override
    public void processElement(StreamRecord<T> element) {
        kept.add(element.getValue());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.update(kept);
    }

    @Override
    public void endInput() {
        ENDED.put(name, List.copyOf(kept));
    }
}
