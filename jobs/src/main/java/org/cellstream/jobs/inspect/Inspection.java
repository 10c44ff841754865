package org.cellstream.jobs.inspect;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.flink.annotation.Internal;
import org.cellstream.event.WeightUpdate;
import org.cellstream.jobs.embedded.Folders;
import org.cellstream.jobs.replay.WrongInputException;
import org.cellstream.jobs.report.Report;
import org.cellstream.savepoint.SavedMemories;
import org.cellstream.savepoint.SavedShape;
import org.cellstream.savepoint.SavedTrainer;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a savepoint holds: the job, and each key in the order in which Flink keeps them,
 * by group of keys. Holds one key at a time, so that millions need no more memory than one.
 */
@Internal
public final class Inspection {

    private final InspectSettings settings;

    public Inspection(InspectSettings settings) {
        this.settings = settings;
    }

    /**
     * Looks.
     *
     * @param out takes the keys as CSV, or the job and the keys as JSON; neither flushed nor closed
     * @return what was found of the job as a whole, and how many keys were written
     * @throws WrongInputException if the folder is no savepoint of a forecaster, or has no such key
     * @throws IOException if it cannot be read
     * @throws InterruptedException if this thread is interrupted
     */
    public Report run(Writer out) throws Exception {
        SavedJob job = SavedJob.open(settings.savepoint(), settings.uidPrefix());
        Report report = describe(job);
        Optional<SavedMemories> memories = job.memories();
        long keys = memories.isPresent() ? write(job, memories.get(), report, out) : 0;
        if (settings.key() != null && keys == 0) {
            throw new WrongInputException(
                    "%s has no key \"%s\"".formatted(settings.savepoint(), settings.key()));
        }
        if (memories.isEmpty() && settings.format() == Format.JSON) {
            MemoryDocument.json(out, report.toJson().strip()).end();
        }
        return settings.key() == null ? report.put("keys", keys) : report;
    }

    /** How many keys a savepoint of a job with one network holds. */
    public static long keys(Path savepoint) throws Exception {
        SavedJob job = SavedJob.open(savepoint, "");
        Optional<SavedMemories> memories = job.memories();
        return memories.isEmpty()
                ? 0
                : read(job, memories.get(), (key, memory) -> key + '.', null, text -> {});
    }

    private long write(SavedJob job, SavedMemories memories, Report report, Writer out)
            throws Exception {
        SavedShape shape = memories.shape();
        report.put("network", shape.network().toString())
                .put("columns", shape.columns())
                .put("target", shape.target());
        boolean values = settings.key() != null;
        MemoryText text;
        MemoryDocument document;
        if (settings.format() == Format.CSV) {
            CsvText csv = new CsvText(shape, values);
            text = csv;
            document = MemoryDocument.csv(out, csv.header());
        } else {
            text = new JsonText(shape, values);
            document = MemoryDocument.json(out, report.toJson().strip());
        }
        long keys = read(job, memories, text, settings.key(), document::add);
        if (keys > 0 || !values) {
            document.end();
        }
        return keys;
    }

    private static long read(
            SavedJob job,
            SavedMemories memories,
            MemoryText text,
            @Nullable String key,
            SavedKeys.TextVisitor visitor)
            throws Exception {
        Path temporary = Files.createTempDirectory("cellstream-inspect-");
        try {
            return new SavedKeys(job, memories, temporary).forEach(text, key, visitor);
        } finally {
            Folders.delete(temporary);
        }
    }

    private Report describe(SavedJob job) throws Exception {
        Report report = new Report().put("savepoint", settings.savepoint().toString());
        Optional<WeightUpdate> served = job.servedWeights();
        if (served.isPresent()) {
            report.put("weightsGeneration", served.get().generation())
                    .put("weightsNumber", served.get().number());
        }
        report.put("drained", job.isDrained());
        Optional<SavedTrainer> trainer = job.trainer();
        if (trainer.isPresent()) {
            report.put("trainerGeneration", trainer.get().generation())
                    .put("trainerNumber", trainer.get().number())
                    .put("trainerOptimiserSteps", trainer.get().optimiserSteps());
        }
        return report;
    }
}
