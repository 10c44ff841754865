package org.cellstream.jobs.inspect;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.state.api.SavepointReader;
import org.apache.flink.state.api.input.SourceBuilder;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.cellstream.jobs.embedded.EmbeddedFlink;
import org.cellstream.savepoint.SavedMemories;
import org.jspecify.annotations.Nullable;

/** Reads a savepoint's keys with a Flink of its own, one after the other, in Flink's order. */
final class SavedKeys {

    private final SavedJob job;
    private final SavedMemories memories;
    private final Path temporary;

    /**
     * @param temporary where Flink keeps files of the moment
     */
    SavedKeys(SavedJob job, SavedMemories memories, Path temporary) {
        this.job = job;
        this.memories = memories;
        this.temporary = temporary;
    }

    /** Takes the text of one key. */
    @FunctionalInterface
    interface TextVisitor {
        void visit(String memory) throws IOException;
    }

    /**
     * Hands over every key's text.
     *
     * @param key the only key wanted; null for all
     * @return how many there were
     * @throws IOException if the keys cannot be read
     */
    @SuppressWarnings("try") // closing may be interrupted, as all else here
    long forEach(MemoryText text, @Nullable String key, TextVisitor visitor) throws Exception {
        StreamExecutionEnvironment env =
                new EmbeddedFlink(temporary.resolve("flink"), temporary.resolve("checkpoints"))
                        .environment();
        Configuration settings = new Configuration();
        settings.set(PipelineOptions.GENERIC_TYPES, true); // none of ours; Flink's iterator asks
        env.configure(settings);
        env.setParallelism(1);
        long keys = 0;
        try (CloseableIterator<String> texts =
                stream(env, new ReadMemoriesFunction(memories, text, key), key)
                        .executeAndCollect("inspect")) {
            while (texts.hasNext()) {
                String memory = texts.next();
                if (!memory.equals(ReadMemoriesFunction.OTHER)) {
                    visitor.visit(memory);
                    keys++;
                }
            }
        } catch (RuntimeException e) {
            throw new IOException("the keys cannot be read: " + Causes.first(e), e);
        }
        return keys;
    }

    private DataStream<String> stream(
            StreamExecutionEnvironment env, ReadMemoriesFunction function, @Nullable String key)
            throws IOException {
        StateBackend backend = new KeyedHandles(job.forecaster()).backend();
        if (key != null) {
            Configuration configuration = (Configuration) env.getConfiguration();
            return SourceBuilder.fromFormat(
                    env,
                    new OneKeyFormat(job.forecaster(), backend, configuration, function, key),
                    Types.STRING);
        }
        return SavepointReader.read(env, job.folder().toUri().toString(), backend)
                .readKeyedState(job.forecasterId(), function, Types.STRING, Types.STRING);
    }
}
