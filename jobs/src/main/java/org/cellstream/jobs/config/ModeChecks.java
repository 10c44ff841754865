package org.cellstream.jobs.config;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.cellstream.config.CellstreamOptions;
import org.cellstream.config.LabelSource;
import org.cellstream.config.MemoryMode;
import org.cellstream.config.SequenceOutput;

/** Finds what does not go together of memory modes, labels, and the fields that they need. */
final class ModeChecks {

    /** Options that make sense only beside others of them. */
    static final Set<ConfigOption<?>> TOGETHER =
            Set.of(
                    CellstreamOptions.MEMORY_MODE,
                    CellstreamOptions.SEQUENCE_OUTPUT,
                    CellstreamOptions.TRAINING_LABELS);

    private final ReadableConfig options;
    private final Mistakes mistakes;

    /** Where mistakes go. */
    @FunctionalInterface
    interface Mistakes {
        void wrong(ConfigOption<?> option, Object value, String allowed);
    }

    ModeChecks(ReadableConfig options, Mistakes mistakes) {
        this.options = options;
        this.mistakes = mistakes;
    }

    void run() {
        boolean sequences = options.get(CellstreamOptions.MEMORY_MODE) == MemoryMode.SEQUENCE;
        checkField(JobOptions.BOUNDARY, CellstreamOptions.MEMORY_MODE, sequences);
        boolean learns = options.get(CellstreamOptions.TRAINING_ENABLED);
        boolean given = options.get(CellstreamOptions.TRAINING_LABELS) == LabelSource.GIVEN;
        checkField(JobOptions.LABEL, CellstreamOptions.TRAINING_LABELS, given);
        boolean atEnd = options.get(CellstreamOptions.SEQUENCE_OUTPUT) == SequenceOutput.END;
        if (learns && !given && atEnd) {
            mistakes.wrong(
                    CellstreamOptions.TRAINING_LABELS,
                    options.get(CellstreamOptions.TRAINING_LABELS),
                    "given where %s is end, since nothing of the sequence follows"
                            .formatted(CellstreamOptions.SEQUENCE_OUTPUT.key()));
        }
    }

    /** A field is named where it is needed, and nowhere else. */
    private void checkField(ConfigOption<String> field, ConfigOption<?> needing, boolean needed) {
        boolean named = options.getOptional(field).isPresent();
        String value = String.valueOf(options.get(needing));
        if (needed && !named) {
            mistakes.wrong(
                    field,
                    "missing",
                    "the field of an event that holds it, since %s is %s"
                            .formatted(needing.key(), value));
        } else if (named && !needed) {
            mistakes.wrong(
                    field,
                    options.get(field),
                    "none where %s is %s".formatted(needing.key(), value));
        }
    }
}
