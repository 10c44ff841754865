package org.cellstream.jobs.inspect;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.state.api.functions.KeyedStateReaderFunction;
import org.apache.flink.util.Collector;
import org.cellstream.savepoint.SavedMemories;
import org.jspecify.annotations.Nullable;

/**
 * Writes every key's memory as text. Gives one text for each key, which Flink needs to go on: keys
 * that are not wanted become {@link #OTHER}.
 */
final class ReadMemoriesFunction extends KeyedStateReaderFunction<String, String> {

    /** Stands for a key that was not asked for. */
    static final String OTHER = "";

    private static final long serialVersionUID = 1L;

    private final SavedMemories memories;
    private final MemoryText text;
    private final @Nullable String wanted;

    /**
     * @param wanted the key to write; null for all
     */
    ReadMemoriesFunction(SavedMemories memories, MemoryText text, @Nullable String wanted) {
        this.memories = memories;
        this.text = text;
        this.wanted = wanted;
    }

    @Override
    public void open(OpenContext context) {
        memories.open(getRuntimeContext());
    }

    @Override
    public void readKey(String key, Context context, Collector<String> out) throws Exception {
        boolean written = wanted == null || wanted.equals(key);
        out.collect(written ? text.of(key, memories.read()) : OTHER);
    }
}
